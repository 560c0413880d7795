# Taking faults out of the stand-in.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
}

Describe 'Remove-AdxLocalFault' {
    AfterEach {
        Stop-AdxLocal
    }

    It 'removes from the pipeline, without output, and the stand-in is well again' {
        $null = Connect-Adx -Local
        Add-AdxLocalFault BadRequest 100 -Target Command
        { Get-AdxTable } | Should -Throw
        Get-AdxLocalFault | Remove-AdxLocalFault | Should -BeNullOrEmpty
        { Get-AdxTable } | Should -Not -Throw
        Get-AdxLocalFault | Should -BeNullOrEmpty
    }

    It 'removes one by its number, and leaves the others' {
        $null = Start-AdxLocal
        $first, $second = 1..2 | ForEach-Object { Add-AdxLocalFault NotFound -PassThru }
        Remove-AdxLocalFault $first.Id
        (Get-AdxLocalFault).Id | Should -Be $second.Id
    }

    It 'tells each number that is not there, and goes on' {
        $null = Start-AdxLocal
        $fault = Add-AdxLocalFault NotFound -PassThru
        Remove-AdxLocalFault 77, $fault.Id, 78 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.TargetObject | Should -Be 77, 78
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxLocalFaultNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        Get-AdxLocalFault | Should -BeNullOrEmpty
        { Remove-AdxLocalFault 77 -ErrorAction Stop } | Should -Throw
        Stop-AdxLocal
        (Get-Failure { Remove-AdxLocalFault 1 -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AdxLocalFaultNotFound,*'
    }

    It 'removes nothing with -WhatIf' {
        $null = Start-AdxLocal
        Add-AdxLocalFault NotFound
        Get-AdxLocalFault | Remove-AdxLocalFault -WhatIf
        Get-AdxLocalFault | Should -HaveCount 1
    }
}

Describe 'The parameters of Remove-AdxLocalFault' {
    It '-Id is one or several numbers' {
        Get-ParameterForm Remove-AdxLocalFault Id '*' | Should -BeExactly 'Int32[], mandatory, position 0, by name'
    }
}
