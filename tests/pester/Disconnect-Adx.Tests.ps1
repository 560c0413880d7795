# Disconnecting forgets the default connection of the runspace, and nothing else.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $local = Start-AdxLocal
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/DisconnectCases.ps1 Adx { Get-AdxConnection } { Get-AdxTable }

Describe 'Disconnect-Adx' {
    It 'leaves the stand-in running, and a connection in hand usable' {
        $connection = Connect-Adx -Local
        Disconnect-Adx
        (Start-AdxLocal).ClusterUri | Should -Be $local.ClusterUri
        { Invoke-AdxCommand '.show version' -Connection $connection } | Should -Not -Throw
    }

    It 'takes no arguments of its own' {
        (Get-Command Disconnect-Adx).ParameterSets.Parameters.Name |
            Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters } |
            Should -BeNullOrEmpty
    }
}
