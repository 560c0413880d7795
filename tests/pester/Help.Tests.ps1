# The help: every cmdlet has a page that tells what it is for, describes each parameter, and whose examples run as they stand.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1

    # The examples of a page, in order, as text.
    function Get-PageExample([string] $Path) {
        $text = Get-Content -LiteralPath $Path -Raw
        $section = [regex]::Match($text, '(?s)^## EXAMPLES$(.*?)^## ', 'Multiline').Groups[1].Value
        [regex]::Matches($section, '(?ms)^### (.*?)$.*?^```powershell$(.*?)^```$') |
            ForEach-Object { @{ Title = $_.Groups[1].Value; Code = $_.Groups[2].Value.Trim() } }
    }

    $pages = foreach ($name in (Import-PowerShellDataFile $ModuleManifest).CmdletsToExport) {
        @{ Name = $name; Path = "$root/docs/$name.md"; Examples = @(Get-PageExample "$root/docs/$name.md") }
    }
    $hasHelp = Test-Path "$(Split-Path $ModuleManifest)/bin/en-US/AdxFlow.PowerShell.dll-Help.xml"
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    # The runspaces of -Parallel find the module by its name.
    $modulePath = $env:PSModulePath
    $env:PSModulePath = "$($ModuleManifest | Split-Path | Split-Path | Split-Path)$([System.IO.Path]::PathSeparator)$modulePath"

    # A working directory as a reader would have it: a clone, with some files of one's own.
    Copy-Item "$root/samples" $TestDrive -Recurse
    Set-Content "$TestDrive/events.json" '{"device":{"id":1},"ts":1700000000}'
    Set-Content "$TestDrive/sample.json" '[{"id":1,"name":"a"},{"id":2,"name":null}]'
    Set-Content "$TestDrive/ingestors.csv" "Role,Principal`nIngestor,aaduser=ada@contoso.com"
}

AfterAll {
    $env:PSModulePath = $modulePath
    Stop-AdxLocal -Confirm:$false
}

Describe 'The page of <Name>' -ForEach $pages {
    It 'has two examples or more' {
        $Examples.Count | Should -BeGreaterOrEqual 2
        $Examples.Code | ForEach-Object { $_ | Should -Match $Name -Because 'an example shows the cmdlet at work' }
    }

    # A session of its own, in which one example follows the other. Only parsed is what needs a cluster, a person, another
    # program or a port that may be taken, storage, data or a spool that somebody has, and what ends with an error on purpose.
    It 'has examples that run as they are written' {
        $start = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault()
        $start.ImportPSModule($ModuleManifest)
        $start.Variables.Add([System.Management.Automation.Runspaces.SessionStateVariableEntry]::new('ErrorActionPreference', 'Stop', ''))
        # Nobody is there to answer.
        $start.Variables.Add([System.Management.Automation.Runspaces.SessionStateVariableEntry]::new('ConfirmPreference', 'None', ''))
        $start.Commands.Add([System.Management.Automation.Runspaces.SessionStateFunctionEntry]::new('Set-Clipboard', ''))
        $runspace = [runspacefactory]::CreateRunspace($start)
        $runspace.Open()
        try {
            Stop-AdxLocal -Confirm:$false
            $runspace.SessionStateProxy.Path.SetLocation($TestDrive)
            foreach ($example in $Examples) {
                if ($example.Code -match 'mycluster|-Port |app\.log -Wait|\$sql\b|-Confirm$|\bthrow\b|\./spool|\./logs|sent\.xml|events\.jsonl|blob\.core\.|-SpoolPath|\$sent \| Get-AdxIngestionFailure|\$spool\b') {
                    $errors = $null
                    $null = [System.Management.Automation.Language.Parser]::ParseInput($example.Code, [ref] $null, [ref] $errors)
                    $errors | Should -BeNullOrEmpty -Because $example.Title
                    continue
                }
                $shell = [powershell]::Create($runspace)
                try {
                    { $shell.AddScript($example.Code).Invoke() } | Should -Not -Throw -Because $example.Title
                    $shell.Streams.Error | Should -BeNullOrEmpty -Because $example.Title
                }
                finally {
                    $shell.Dispose()
                }
            }
        }
        finally {
            $runspace.Dispose()
        }
    }

    # What PlatyPS copies out of the module is true only as long as somebody runs it again after a change.
    It 'describes the parameters as they are' {
        $text = Get-Content -LiteralPath $Path -Raw
        $own = (Get-Command $Name).Parameters.Values | Where-Object Name -NotIn ([System.Management.Automation.Cmdlet]::CommonParameters)
        $sections = [regex]::Matches($text, '(?ms)^### -(\w+)$(.*?)(?=^### )')
        $sections | ForEach-Object { $_.Groups[1].Value } | Sort-Object | Should -Be ($own.Name | Sort-Object)
        foreach ($section in $sections) {
            $parameter = $own | Where-Object Name -EQ $section.Groups[1].Value
            $yaml = $section.Groups[2].Value
            $aliases = [regex]::Match($yaml, '(?ms)^Aliases:(.*?)^ParameterSets:').Groups[1].Value
            [regex]::Matches($aliases, '- (\w+)') | ForEach-Object { $_.Groups[1].Value } | Should -Be $parameter.Aliases -Because "of -$($parameter.Name)"
            $told = [regex]::Matches($yaml, '(?m)^- Name: (\S+)\s+Position: (\w+)\s+IsRequired: (\w+)\s+ValueFromPipeline: (\w+)\s+ValueFromPipelineByPropertyName: (\w+)') |
                ForEach-Object { ($_.Groups[1].Value -replace '\(All\)', '__AllParameterSets'), ($_.Groups[2..5].Value -join ' ') -join ': ' }
            $is = $parameter.ParameterSets.GetEnumerator() | ForEach-Object {
                $position = $_.Value.Position -ge 0 ? $_.Value.Position : 'Named'
                "$($_.Key): $position $($_.Value.IsMandatory) $($_.Value.ValueFromPipeline) $($_.Value.ValueFromPipelineByPropertyName)"
            }
            # One entry for all sets stands for the same in each.
            if (@($told).Count -eq 1 -and "$told" -like '__AllParameterSets:*') {
                @($is -replace '^.*?: ' | Select-Object -Unique) | Should -Be ("$told" -replace '^.*?: ') -Because "of -$($parameter.Name)"
            }
            else {
                $told | Sort-Object | Should -Be ($is | Sort-Object) -Because "of -$($parameter.Name)"
            }
        }
    }

    It 'has the syntax of the cmdlet, set by set' {
        $syntax = [regex]::Match((Get-Content -LiteralPath $Path -Raw), '(?s)^## SYNTAX$(.*?)^## ', 'Multiline').Groups[1].Value
        $blocks = [regex]::Matches($syntax, '(?ms)^### (\w+)(?: \(Default\))?$.*?^```$(.*?)^```$')
        $sets = (Get-Command $Name).ParameterSets
        $blocks | ForEach-Object { $_.Groups[1].Value } | Sort-Object | Should -Be ($sets.Name | Sort-Object)
        foreach ($block in $blocks) {
            $set = $sets | Where-Object Name -EQ $block.Groups[1].Value
            foreach ($parameter in $set.Parameters | Where-Object Name -NotIn ([System.Management.Automation.Cmdlet]::CommonParameters)) {
                $form = $parameter.IsMandatory ? '(?<!\[)\[?' : '\[\[?'
                $block.Groups[2].Value | Should -MatchExactly "(?:^|\s)$form-$($parameter.Name)[\]\s]" -Because "it is in the set $($set.Name)"
            }
            [regex]::Matches($block.Groups[2].Value, '(?<=[\s\[])-\w+').Count | Should -Be @($set.Parameters | Where-Object Name -NotIn ([System.Management.Automation.Cmdlet]::CommonParameters)).Count
        }
    }

    It 'is what Get-Help shows' -Skip:(-not $hasHelp) {
        $help = Get-Help $Name -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -Be $Examples.Count
        $own = (Get-Command $Name).Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters }
        foreach ($parameter in $own) {
            ($help.parameters.parameter | Where-Object name -EQ $parameter).description.Text -join '' | Should -Not -BeNullOrEmpty -Because "-$parameter needs a word"
        }
        # The default values of the page, and links by which a reader finds the other pages.
        $text = Get-Content -LiteralPath $Path -Raw
        foreach ($section in [regex]::Matches($text, "(?ms)^### -(\w+)$.*?^DefaultValue: '?(.*?)'?$")) {
            $shown = ($help.parameters.parameter | Where-Object name -EQ $section.Groups[1].Value).defaultValue
            "$shown" | Should -BeExactly $section.Groups[2].Value.Replace("''", "'") -Because "of -$($section.Groups[1].Value)"
        }
        $links = [regex]::Matches(($text -split '(?m)^## RELATED LINKS$')[1], '\[(\w[\w-]*)\]') | ForEach-Object { $_.Groups[1].Value }
        $help.relatedLinks.navigationLink.linkText | Should -BeExactly $links
        $help.relatedLinks | Out-String | Should -Not -Match '\.md\b|Online'
        $help | Out-String | Should -Not -Match '\{\{' -Because 'that is a blank which nobody has filled in'
    }
}
