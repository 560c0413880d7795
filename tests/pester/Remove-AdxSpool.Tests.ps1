# Dropping spools.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $null = New-AdxTable Numbers 'Id:long'
}

AfterAll {
    Stop-AdxLocal
}

Describe 'Remove-AdxSpool' {
    BeforeEach {
        $spool = Join-Path $TestDrive ([guid]::NewGuid())
        foreach ($name in 'a', 'b') {
            $null = [pscustomobject]@{ Id = 1 } | Send-AdxData Numbers -SpoolPath $spool -SpoolName $name
        }
    }

    It '<Parameter> is: <Form>' -ForEach @(
        @{ Parameter = 'Path'; Form = 'String[], mandatory, position 0, from pipeline, by name' }
    ) {
        Get-ParameterForm Remove-AdxSpool $Parameter '*' | Should -BeExactly $Form
    }

    It 'asks first, as what it drops is gone' {
        $attribute = (Get-Command Remove-AdxSpool).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)
        $attribute.ConfirmImpact | Should -Be 'High'
    }

    It 'drops those given, and writes nothing' {
        Get-AdxSpool $spool a | Remove-AdxSpool -Confirm:$false | Should -BeNullOrEmpty
        (Get-AdxSpool $spool).Name | Should -Be 'b'
        Remove-AdxSpool "$spool/b" -Confirm:$false
        Get-ChildItem $spool | Should -BeNullOrEmpty
    }

    It 'drops nothing with -WhatIf' {
        Remove-AdxSpool "$spool/a", "$spool/b" -WhatIf
        Get-AdxSpool $spool | Should -HaveCount 2
    }

    It 'drops a damaged one too' {
        Set-Content "$spool/a/manifest.json" 'no json'
        Remove-AdxSpool "$spool/a" -Confirm:$false
        Test-Path "$spool/a" | Should -BeFalse
    }

    It 'says <Id> of <What>, and goes on' -ForEach @(
        @{ What = 'what is none'; Id = 'AdxSpoolNotFound'; Category = 'ObjectNotFound'; Path = 'none' }
        @{ What = 'a directory of spools'; Id = 'AdxSpoolNotFound'; Category = 'ObjectNotFound'; Path = '' }
        @{ What = 'one that is held'; Id = 'AdxSpoolInUse'; Category = 'ResourceBusy'; Path = 'a' }
        @{ What = 'one of a newer version'; Id = 'AdxSpoolVersion'; Category = 'InvalidData'; Path = 'newer' }
    ) {
        $null = New-Item "$spool/newer" -ItemType Directory
        Set-Content "$spool/newer/manifest.json" '{"version":99}'
        $held = [System.IO.File]::Open("$spool/a/lock", 'OpenOrCreate', 'ReadWrite', 'None')
        try {
            Remove-AdxSpool "$spool/$Path", "$spool/b" -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        }
        finally {
            $held.Dispose()
        }
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeExactly "$Id,AdxFlow.PowerShell.Ingestion.Spool.RemoveAdxSpoolCommand"
        $failures[0].CategoryInfo.Category | Should -Be $Category
        Test-Path "$spool/b" | Should -BeFalse
        Test-Path "$spool/a" | Should -BeTrue
    }
}
