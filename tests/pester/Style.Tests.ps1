# Every script of the project passes PSScriptAnalyzer with the project's settings.

BeforeDiscovery {
    $root = [System.IO.Path]::GetFullPath("$PSScriptRoot/../..")
    $scripts = Get-ChildItem $root -Recurse -File -Include *.ps1, *.psm1, *.psd1 |
        ForEach-Object { [System.IO.Path]::GetRelativePath($root, $_.FullName).Replace('\', '/') } |
        Where-Object { $_ -notmatch '(^|/)(bin|obj|output|node_modules)/' } |
        ForEach-Object { @{ Script = $_ } }
}

BeforeAll {
    $root = [System.IO.Path]::GetFullPath("$PSScriptRoot/../..")
    $analyzer = Get-Module PSScriptAnalyzer -ListAvailable | Select-Object -First 1
}

Describe 'The script <Script>' -ForEach $scripts {
    It 'passes PSScriptAnalyzer' {
        if (-not $analyzer) {
            Set-ItResult -Skipped -Because 'PSScriptAnalyzer is not installed: Install-PSResource PSScriptAnalyzer'
        }
        Invoke-ScriptAnalyzer -Path "$root/$Script" -Settings "$root/PSScriptAnalyzerSettings.psd1" |
            # Pester carries variables from one block to the next, which the rule cannot see.
            Where-Object { $_.RuleName -ne 'PSUseDeclaredVarsMoreThanAssignments' -or $Script -notlike 'tests/pester/*' } |
            ForEach-Object { "$Script($($_.Line)): $($_.RuleName): $($_.Message)" } | Should -BeNullOrEmpty
    }
}
