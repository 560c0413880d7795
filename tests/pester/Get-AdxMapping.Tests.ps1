# Mappings of tables and of the database, by name, pattern and kind.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Table'; Form = 'String[], position 0, from pipeline, by name' }
        @{ Parameter = 'Name'; Form = 'String[], position 1' }
        @{ Parameter = 'Kind'; Form = 'AdxMappingKind' }
        @{ Parameter = 'Connection'; Form = 'AdxConnection' }
        @{ Parameter = 'Database'; Form = 'String, by name' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $connection = Connect-Adx -Local
    $null = New-AdxTable Alpha 'Id:long', 'Text:string'
    $null = New-AdxTable Beta 'Id:long'
    $null = New-AdxTable Empty 'Id:long'
    $null = New-AdxMapping Alpha FromJson Json ([ordered]@{ Id = '$.id'; Text = @{ Path = '$.t'; Transform = 'DropMappedFields' } })
    $null = New-AdxMapping Alpha FromCsv Csv 'Id', 'Text'
    $null = New-AdxMapping Beta FromJson Json @{ Id = '$.id' }
    $null = New-AdxMapping -Name Shared -Kind Orc -Column @{ Id = 'id' }
    function Get-Text($Mappings) {
        ($Mappings | ForEach-Object { "$($_.Table)/$($_.Name)/$($_.Kind)" }) -join ' '
    }
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Get-AdxMapping $parameters

Describe 'Get-AdxMapping' {
    It 'writes those of the database and of all its tables, as objects' {
        $mappings = Get-AdxMapping 2>&1 3>&1 6>&1
        $mappings | Should -BeOfType 'AdxFlow.AdxMapping'
        Get-Text $mappings | Should -BeExactly '/Shared/Orc Alpha/FromCsv/Csv Alpha/FromJson/Json Beta/FromJson/Json'
    }

    It 'writes those of a table, by name, pattern or from the pipeline' {
        Get-Text (Get-AdxMapping Alpha) | Should -BeExactly 'Alpha/FromCsv/Csv Alpha/FromJson/Json'
        Get-Text (Get-AdxMapping 'B*') | Should -BeExactly 'Beta/FromJson/Json'
        Get-Text (Get-AdxMapping Beta, Alpha FromJson) | Should -BeExactly 'Beta/FromJson/Json Alpha/FromJson/Json'
        Get-Text ('Beta' | Get-AdxMapping) | Should -BeExactly 'Beta/FromJson/Json'
        Get-Text (Get-AdxTable | Get-AdxMapping -Kind Csv) | Should -BeExactly 'Alpha/FromCsv/Csv'
        Get-Text (Get-AdxMapping Beta | Get-AdxMapping) | Should -BeExactly 'Beta/FromJson/Json'
    }

    It 'writes those of databases and of tables elsewhere' {
        $null = Invoke-AdxCommand '.create database Other volatile'
        $null = New-AdxTable Gamma 'Id:long' -Database Other
        $null = New-AdxMapping Gamma There Csv 'Id' -Database Other
        Get-Text (Get-AdxTable -Database Other | Get-AdxMapping) | Should -BeExactly 'Gamma/There/Csv'
        (Get-AdxDatabase | Get-AdxMapping -Kind Csv).Database | Should -BeExactly 'NetDefaultDB', 'Other'
    }

    It 'finds by name, pattern and kind' {
        Get-Text (Get-AdxMapping Alpha FromCsv) | Should -BeExactly 'Alpha/FromCsv/Csv'
        Get-Text (Get-AdxMapping Alpha '*json') | Should -BeExactly 'Alpha/FromJson/Json'
        Get-Text (Get-AdxMapping -Name FromJson) | Should -BeExactly 'Alpha/FromJson/Json Beta/FromJson/Json'
        Get-Text (Get-AdxMapping -Kind Orc) | Should -BeExactly '/Shared/Orc'
    }

    It 'shows columns with their sources' {
        $mapping = Get-AdxMapping Alpha FromJson
        $mapping.Columns | Should -BeOfType 'AdxFlow.AdxColumnMapping'
        $mapping.Columns.Path | Should -BeExactly '$.id', '$.t'
        $mapping.Columns[0].Transform | Should -BeNullOrEmpty
        $mapping.Columns[1].Transform | Should -Be 'DropMappedFields'
    }

    It 'is quiet about a table or a pattern without mappings' {
        Get-AdxMapping Empty -ErrorAction Stop | Should -BeNullOrEmpty
        Get-AdxMapping Alpha 'x*' -ErrorAction Stop | Should -BeNullOrEmpty
        Get-AdxMapping 'x*' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'tells of a name that is missing, and goes on' {
        $found = Get-AdxMapping Alpha NoSuch, FromCsv -ErrorVariable failures -ErrorAction SilentlyContinue
        Get-Text $found | Should -BeExactly 'Alpha/FromCsv/Csv'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxMappingNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -BeExactly 'NoSuch'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*Get-AdxMapping*'
        (Get-Failure { Get-AdxMapping Alpha FromCsv -Kind Json -ErrorAction Stop }).Exception.Message | Should -BeLike '*Json mapping*FromCsv*'
    }

    It 'tells of a table that is missing, and goes on' {
        $found = Get-AdxMapping NoSuchTable, Beta -ErrorVariable failures -ErrorAction SilentlyContinue
        Get-Text $found | Should -BeExactly 'Beta/FromJson/Json'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        $failures[0].TargetObject | Should -BeExactly 'NoSuchTable'
    }

    It 'is refused to who may not' {
        $stranger = Connect-Adx -Local -Principal 'aaduser=stranger@contoso.com'
        $null = Connect-Adx -Local
        (Get-Failure { Get-AdxMapping Alpha -Connection $stranger -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
    }

    It 'takes a connection' {
        Get-Text (Get-AdxMapping Beta -Connection $connection) | Should -BeExactly 'Beta/FromJson/Json'
    }

    It 'fits 120 columns' {
        $lines = Get-AdxMapping | Format-Table | Out-String -Width 120 -Stream
        $lines | Should -Contain ('FromCsv'.PadRight(26) + 'Csv'.PadRight(11) + 'table Alpha'.PadRight(26) + 'Id=0, Text=1')
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        (Get-AdxMapping Alpha FromJson).Columns | Format-Table | Out-String | Should -BeLike '*Text*DropMappedFields*$.t*'
    }
}

Describe 'Names of mappings seen' {
    BeforeAll {
        $null = Get-AdxMapping
        function Get-Completion([string] $Text) {
            Get-LocalRequest { $script:completed = (TabExpansion2 $Text).CompletionMatches.CompletionText } | Should -BeNullOrEmpty
            $completed -join ' '
        }
    }

    It 'complete those of the table and of the database, without a request' {
        Get-Completion 'Send-AdxData Alpha -Path x.csv -MappingName ' | Should -BeExactly 'FromCsv FromJson Shared'
        Get-Completion 'Send-AdxData Beta -Path x.csv -MappingName F' | Should -BeExactly 'FromJson'
        Get-Completion 'Remove-AdxMapping Alpha FromC' | Should -BeExactly 'FromCsv'
    }

    It 'are gone with the mapping' {
        $null = New-AdxMapping Empty "it's gone" Csv 'Id'
        Get-Completion 'Get-AdxMapping Empty i' | Should -BeExactly "'it''s gone'"
        Remove-AdxMapping Empty "it's gone" -Confirm:$false
        Get-Completion 'Get-AdxMapping Empty i' | Should -Not -BeLike '*gone*'
    }
}
