# Mappings: by the names of columns, as given, or both.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Set = 'Dataset'; Form = 'String, position 0' }
        @{ Parameter = 'DatasetId'; Set = 'Dataset'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'Column'; Set = 'Dataset'; Form = 'Object[]' }
        @{ Parameter = 'Field'; Set = 'Dataset'; Form = 'FlowFieldMapping[]' }
        @{ Parameter = 'Session'; Set = 'Dataset'; Form = 'FlowSession' }
        @{ Parameter = 'SchemaId'; Set = 'Schema'; Form = 'String, mandatory' }
        @{ Parameter = 'SchemaVersion'; Set = 'Schema'; Form = 'Int32' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 New-FlowMapping $parameters

Describe 'New-FlowMapping' {
    It 'finds the fields of the columns by their names' {
        $made = $dataset | New-FlowMapping ByName -Column $table.Columns
        $made | Should -BeOfType 'AdxFlow.FlowMapping'
        $made.Id | Should -Match '^[0-9a-f]{32}$'
        $made.MappingId | Should -BeExactly $made.Id
        $made.Name | Should -BeExactly 'ByName'
        $made.Version | Should -Be 0
        $made.SchemaId | Should -BeExactly $dataset.SchemaId
        "$($made.Fields)" | Should -BeExactly "$namespace.Id = Id $namespace.Degrees = Degrees $namespace.At = At $namespace.Note = Note"
    }

    It 'takes names, whatever the case of their letters, and columns of a connection' {
        (New-FlowMapping -DatasetId $dataset.Id -Column 'ID', 'at').Fields.Destination | Should -BeExactly "$namespace.Id", "$namespace.At"
        (New-FlowMapping -SchemaId $dataset.SchemaId -Column ($connection | Get-FlowTable -Table Weather).Columns).Fields | Should -HaveCount 4
    }

    It 'takes fields as given, before those by name' {
        $made = $dataset | New-FlowMapping -Column 'Id', 'Note' -Field @{ "$namespace.Note" = 'Id' }
        "$($made.Fields)" | Should -BeExactly "$namespace.Note = Id $namespace.Id = Id"
    }

    It 'takes expressions and constants' {
        $made = $dataset | New-FlowMapping -Field @{ "$namespace.Note" = @{ Static = 'adx' }; "$namespace.Id" = @{ Expression = 'upper(Id)' } }
        ($made.Fields | Where-Object Kind -EQ 'Static').Source | Should -BeExactly 'adx'
        ($made.Fields | Where-Object Kind -EQ 'Expression').Source | Should -BeExactly 'upper(Id)'
    }

    It 'takes the fields of another mapping' {
        ($dataset | New-FlowMapping Copy -Field $mapping.Fields).Fields | Should -HaveCount 4
    }

    It 'warns of columns that go nowhere' {
        $null = $dataset | New-FlowMapping -Column 'Id', 'Stray' -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*go into no field*Stray*'
    }

    It 'refuses <Why>' -ForEach @(
        @{ Why = 'nothing'; With = @{}; Id = 'FlowMappingEmpty' }
        @{ Why = 'columns that go nowhere at all'; With = @{ Column = 'Stray'; WarningAction = 'Ignore' }; Id = 'FlowMappingEmpty' }
        @{ Why = 'a column that is none'; With = @{ Column = 3 }; Id = 'FlowColumnInvalid' }
        @{ Why = 'a field without a source'; With = @{ Field = @{ 'a.b' = '' } }; Id = 'FlowInvalidMapping' }
        @{ Why = 'a source of no known kind'; With = @{ Field = @{ 'a.b' = @{ Magic = 'x' } } }; Id = 'ParameterArgumentTransformationError' }
    ) {
        Get-FlowChange { $script:failure = Get-Failure { New-FlowMapping -DatasetId $dataset.Id @With -ErrorAction Stop } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'says of a dataset that there is none' {
        (Get-Failure { New-FlowMapping -DatasetId 'no-such-id' -Column a -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
    }
}
