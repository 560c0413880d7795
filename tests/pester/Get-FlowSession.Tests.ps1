# The session of the runspace: shown, forgotten, and needed by what talks to Experience Platform.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    $needing = (Import-PowerShellDataFile $ModuleManifest).CmdletsToExport | Where-Object { (Get-Command $_).Parameters.ContainsKey('Session') }
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
}

AfterAll {
    Stop-AdxLocal
}

Describe 'Get-FlowSession' {
    It 'writes nothing where there is none' {
        Disconnect-Flow
        Get-FlowSession | Should -BeNullOrEmpty
    }

    It 'writes the one of the last Connect-Flow' {
        $null = Connect-Flow -Local -Sandbox dev
        $last = Connect-Flow -Local
        Get-FlowSession | Should -Be $last
        "$last" | Should -BeExactly 'local@AdobeOrg/prod as local'
    }

    It 'shows one line, in 120 columns' {
        $null = Connect-Flow -Local
        $lines = @((Get-FlowSession | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() })
        $lines | Should -HaveCount 3
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
    }

    It 'ends with the stand-in it belongs to' {
        $null = Connect-Flow -Local
        Stop-AdxLocal
        Get-FlowSession | Should -BeNullOrEmpty
    }
}

Describe 'Disconnect-Flow' {
    It 'forgets the session, and asks nobody' {
        $null = Connect-Flow -Local
        Get-LocalRequest { Disconnect-Flow } | Should -BeNullOrEmpty
        Get-FlowSession | Should -BeNullOrEmpty
        { Disconnect-Flow -ErrorAction Stop } | Should -Not -Throw
    }

    It 'leaves a session in use that somebody holds' {
        $held = Connect-Flow -Local
        Disconnect-Flow
        (Get-FlowSandbox prod -Session $held).Name | Should -BeExactly 'prod'
    }
}

Describe 'A cmdlet that talks to Experience Platform' {
    It '<_> takes a session' -ForEach $needing {
        Get-ParameterForm $_ Session '*' | Should -BeExactly 'FlowSession'
    }

    It 'says what to do where there is none' {
        Disconnect-Flow
        $failure = Get-Failure { Get-FlowSandbox }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowNotConnected,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Connect-Flow*'
    }
}
