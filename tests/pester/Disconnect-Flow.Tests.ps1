# Disconnecting forgets the default session of the runspace, and nothing else.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Start-AdxLocal
}

AfterAll {
    Stop-AdxLocal
}

Describe 'Disconnect-Flow' {
    It 'forgets the default session, without output' {
        $null = Connect-Flow -Local
        Disconnect-Flow *>&1 | Should -BeNullOrEmpty
        Get-FlowSession | Should -BeNullOrEmpty
    }

    It 'leaves a session in hand usable, and the connection to ADX' {
        $connection = Connect-Adx -Local
        $session = Connect-Flow -Local
        Disconnect-Flow
        (Get-FlowSandbox -Session $session).Name | Should -Contain 'prod'
        Get-AdxConnection | Should -Be $connection
    }

    It 'is no error without a session' {
        Disconnect-Flow
        { Disconnect-Flow -ErrorAction Stop } | Should -Not -Throw
    }

    It 'makes the next cmdlet say what is missing' {
        Disconnect-Flow
        $failure = Get-Failure { Get-FlowConnection }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowNotConnected,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Connect-Flow*'
    }

    It 'forgets nothing with -WhatIf' {
        $session = Connect-Flow -Local
        Disconnect-Flow -WhatIf
        Get-FlowSession | Should -Be $session
    }

    It 'sends nothing' {
        $null = Connect-Flow -Local
        Get-LocalRequest { Disconnect-Flow } | Should -BeNullOrEmpty
    }
}
