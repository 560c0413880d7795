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

. $PSScriptRoot/DisconnectCases.ps1 Flow { Get-FlowSession } { Get-FlowConnection }

Describe 'Disconnect-Flow' {
    It 'leaves a session in hand usable, and the connection to ADX' {
        $connection = Connect-Adx -Local
        $session = Connect-Flow -Local
        Disconnect-Flow
        (Get-FlowSandbox -Session $session).Name | Should -Contain 'prod'
        Get-AdxConnection | Should -Be $connection
    }
}
