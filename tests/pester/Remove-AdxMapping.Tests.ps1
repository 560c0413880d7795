# Dropping mappings, by name and from the pipeline.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Table'; Set = 'Name'; Form = 'String, position 0, by name' }
        @{ Parameter = 'Name'; Set = 'Name'; Form = 'String[], mandatory, position 1, by name' }
        @{ Parameter = 'Kind'; Set = 'Name'; Form = 'AdxMappingKind, by name' }
        @{ Parameter = 'InputObject'; Set = 'InputObject'; Form = 'AdxMapping[], mandatory, from pipeline' }
        @{ Parameter = 'Connection'; Set = 'Name'; Form = 'AdxConnection' }
        @{ Parameter = 'Database'; Set = 'Name'; Form = 'String, by name' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $ConfirmPreference = 'None'
    function Get-Left { (Get-AdxMapping | ForEach-Object { "$($_.Table)/$($_.Name)/$($_.Kind)" }) -join ' ' }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Remove-AdxMapping' {
    It '<Parameter> in set <Set> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Remove-AdxMapping $Parameter $Set | Should -BeExactly $Form
    }

    It 'ask before anything is dropped' {
        $attribute = (Get-Command Remove-AdxMapping).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $true)
        $attribute.ConfirmImpact | Should -Be 'High'
    }
}

Describe 'Remove-AdxMapping' {
    BeforeEach {
        $null = New-AdxTable Events 'Id:long'
        $null = New-AdxMapping Events One Csv 'Id' -Force
        $null = New-AdxMapping Events Two Json @{ Id = '$.id' } -Force
        $null = New-AdxMapping Events Two Csv 'Id' -Force
        $null = New-AdxMapping -Name Shared -Kind Json -Column @{ Id = '$.id' } -Force
    }

    It 'drops by name, and writes nothing' {
        Remove-AdxMapping Events One *>&1 | Should -BeNullOrEmpty
        Get-Left | Should -BeExactly '/Shared/Json Events/Two/Csv Events/Two/Json'
    }

    It 'drops that of the database where no table is given' {
        Remove-AdxMapping -Name Shared
        Get-Left | Should -BeExactly 'Events/One/Csv Events/Two/Csv Events/Two/Json'
    }

    It 'asks for the kind where there are several' {
        $failure = Get-Failure { Remove-AdxMapping Events Two -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxMappingAmbiguous,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Kind*'
        Remove-AdxMapping Events Two -Kind Json
        Get-Left | Should -BeExactly '/Shared/Json Events/One/Csv Events/Two/Csv'
    }

    It 'drops what Get-AdxMapping writes' {
        Get-AdxMapping -Name T* | Remove-AdxMapping
        Get-Left | Should -BeExactly '/Shared/Json Events/One/Csv'
        Get-AdxMapping | Remove-AdxMapping
        Get-Left | Should -BeExactly ''
    }

    It 'drops a mapping in its own database' {
        Invoke-AdxCommand '.create database Other volatile' | Out-Null
        $null = New-AdxTable Events 'Id:long' -Database Other
        $null = New-AdxMapping Events One Csv 'Id' -Database Other
        Get-AdxMapping Events One -Database Other | Remove-AdxMapping
        Get-AdxMapping -Database Other | Should -BeNullOrEmpty
        Get-Left | Should -BeLike '*Events/One/Csv*'
    }

    It 'drops what objects name' {
        [pscustomobject]@{ Table = 'Events'; Name = 'Two'; Kind = 'Csv' } | Remove-AdxMapping
        Get-Left | Should -BeExactly '/Shared/Json Events/One/Csv Events/Two/Json'
    }

    It 'tells of what is not there, and goes on: <Case>' -ForEach @(
        @{ Case = 'without a kind'; Kind = @{} }
        @{ Case = 'with a kind'; Kind = @{ Kind = 'Csv' } }
    ) {
        Remove-AdxMapping Events NoSuch, One @Kind -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxMappingNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -BeExactly 'NoSuch'
        Get-Left | Should -Not -BeLike '*One*'
    }

    It 'is refused to who may not' {
        $stranger = Connect-Adx -Local -Principal 'aaduser=stranger@contoso.com'
        $null = Connect-Adx -Local
        (Get-Failure { Remove-AdxMapping Events One -Kind Csv -Connection $stranger -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
    }
}
