# What Get-AdxLocalFault shows of the faults of the stand-in.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
}

Describe 'Get-AdxLocalFault' {
    AfterEach {
        Stop-AdxLocal
    }

    It 'shows nothing where no stand-in runs, or none was added' {
        Get-AdxLocalFault | Should -BeNullOrEmpty
        $null = Start-AdxLocal
        Get-AdxLocalFault | Should -BeNullOrEmpty
    }

    It 'shows them in the order in which they were added, spent ones too' {
        $connection = Connect-Adx -Local
        Add-AdxLocalFault NotFound 2 -Target Metadata
        Add-AdxLocalFault ConnectionReset -Target Metadata
        Add-AdxLocalFault Delay 4 -Delay 0.001s -Target Command
        1..3 | ForEach-Object { try { Invoke-WebRequest "$($connection.Cluster)v1/rest/auth/metadata" -MaximumRetryCount 0 } catch { $null = $_ } }
        $null = Get-AdxTable
        (Get-AdxLocalFault).Name | Should -Be 'NotFound', 'ConnectionReset', 'Delay'
        (Get-AdxLocalFault).Struck | Should -Be 2, 1, 1
        (Get-AdxLocalFault Delay, NotFound).Remaining | Should -Be 0, 3
        (Get-AdxLocalFault)[2].Delay | Should -Be ([timespan] '00:00:00.001')
        "$((Get-AdxLocalFault Delay)[0])" | Should -BeExactly 'Delay 1/4'
    }

    It 'passes over what a test in .NET has added and that has no name here' {
        $null = Start-AdxLocal
        Add-LocalFault Query -StatusCode 418
        Add-LocalFault Query -StatusCode 429
        (Get-AdxLocalFault).Name | Should -Be 'TooManyRequests'
    }
}

Describe 'The parameters of Get-AdxLocalFault' {
    It '-Name is one or several names' {
        Get-ParameterForm Get-AdxLocalFault Name '*' | Should -BeExactly 'AdxLocalFaultName[], position 0'
    }
}
