# Stopping the stand-in ends it and what it held.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
}

AfterAll {
    Stop-AdxLocal
}

Describe 'Stop-AdxLocal' {
    It 'closes the port, without output' {
        $local = Start-AdxLocal
        Stop-AdxLocal *>&1 | Should -BeNullOrEmpty
        { Invoke-WebRequest "$($local.ClusterUri)v1/rest/auth/metadata" } | Should -Throw
    }

    It 'forgets the tables' {
        $null = Connect-Adx -Local
        $null = New-AdxTable Gone 'a:long'
        Stop-AdxLocal
        $null = Connect-Adx -Local
        Get-AdxTable | Should -BeNullOrEmpty
    }

    It 'forgets the default connection to it' {
        $null = Connect-Adx -Local
        Stop-AdxLocal
        Get-AdxConnection | Should -BeNullOrEmpty
    }

    It 'keeps a default connection to somewhere else' {
        $other = Open-LocalCluster
        try {
            $null = Start-AdxLocal
            $elsewhere = Connect-Adx -Local $other.ClusterUri
            Stop-AdxLocal
            Get-AdxConnection | Should -Be $elsewhere
        }
        finally {
            $other.Dispose()
        }
    }

    It 'is no error where none runs' {
        Stop-AdxLocal
        { Stop-AdxLocal -ErrorAction Stop } | Should -Not -Throw
    }

    It 'stops nothing with -WhatIf' {
        $local = Start-AdxLocal
        Stop-AdxLocal -WhatIf
        (Start-AdxLocal).ClusterUri | Should -Be $local.ClusterUri
    }
}
