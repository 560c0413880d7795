# The samples do their job, each in a process of its own.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
}

BeforeDiscovery {
    $samples = Split-Path (Split-Path $PSScriptRoot) | Join-Path -ChildPath 'samples'
    $scripts = foreach ($path in 'Quickstart/quickstart.ps1', 'Flow/flow.ps1') { @{ Name = $path; Path = Join-Path $samples $path } }
}

Describe 'The sample <Name>' -ForEach $scripts {
    It 'ends well' {
        $output = & ([System.Environment]::ProcessPath) -NoProfile -NonInteractive -File $Path -Module $ModuleManifest 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $output
        $output | Should -Not -Match 'failed'
    }
}
