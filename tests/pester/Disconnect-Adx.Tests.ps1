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

Describe 'Disconnect-Adx' {
    It 'forgets the default connection, without output' {
        $null = Connect-Adx -Local
        Disconnect-Adx *>&1 | Should -BeNullOrEmpty
        Get-AdxConnection | Should -BeNullOrEmpty
    }

    It 'leaves the stand-in running, and a connection in hand usable' {
        $connection = Connect-Adx -Local
        Disconnect-Adx
        (Start-AdxLocal).ClusterUri | Should -Be $local.ClusterUri
        { Invoke-AdxCommand '.show version' -Connection $connection } | Should -Not -Throw
    }

    It 'is no error without a connection' {
        Disconnect-Adx
        { Disconnect-Adx -ErrorAction Stop } | Should -Not -Throw
    }

    It 'makes the next cmdlet say what is missing' {
        Disconnect-Adx
        $failure = Get-Failure { Get-AdxTable }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxNotConnected,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Connect-Adx*'
    }

    It 'forgets nothing with -WhatIf' {
        $connection = Connect-Adx -Local
        Disconnect-Adx -WhatIf
        Get-AdxConnection | Should -Be $connection
    }

    It 'sends nothing' {
        $null = Connect-Adx -Local
        Get-LocalRequest { Disconnect-Adx } | Should -BeNullOrEmpty
    }

    It 'takes no arguments of its own' {
        (Get-Command Disconnect-Adx).ParameterSets.Parameters.Name |
            Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters } |
            Should -BeNullOrEmpty
    }
}
