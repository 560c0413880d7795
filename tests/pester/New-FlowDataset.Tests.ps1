# Datasets: for columns, with a schema made for them, or of a schema that exists.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Set = 'Column'; Form = 'String, mandatory, position 0' }
        @{ Parameter = 'Description'; Set = 'Column'; Form = 'String' }
        @{ Parameter = 'Column'; Set = 'Column'; Form = 'Object[], mandatory, position 1, by name' }
        @{ Parameter = 'Class'; Set = 'Column'; Form = 'String' }
        @{ Parameter = 'ErrorDiagnostics'; Set = 'Column'; Form = 'SwitchParameter' }
        @{ Parameter = 'Session'; Set = 'Column'; Form = 'FlowSession' }
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

. $PSScriptRoot/ParameterCases.ps1 New-FlowDataset $parameters

Describe 'New-FlowDataset' {
    It 'makes a schema for the columns of a table of either side, and the dataset' {
        $changes = Get-FlowChange { $script:made = $table | New-FlowDataset FromAdx -Description 'for tests' }
        $changes | Should -BeExactly 'POST /tenant/fieldgroups', 'POST /tenant/schemas', 'POST /dataSets'
        $made | Should -BeOfType 'AdxFlow.FlowDataset'
        $made.Name | Should -BeExactly 'FromAdx'
        (Get-FlowDataset FromAdx).SchemaId | Should -BeExactly $made.SchemaId
        $explored = $connection | Get-FlowTable -Table Weather | New-FlowDataset FromFlow
        ($explored | New-FlowMapping -Column $table.Columns).Fields | Should -HaveCount 4
    }

    It 'takes columns as people write them' {
        (New-FlowDataset Written 'Id:string', 'my col:long' | New-FlowMapping -Column 'my col').Fields[0].Destination | Should -BeExactly "$namespace.my_col"
        New-FlowDataset Dictionary ([ordered]@{ Id = 'string'; At = 'datetime' }) | Should -BeOfType 'AdxFlow.FlowDataset'
    }

    It 'makes events' {
        $events = New-FlowDataset Events 'Id:string', 'At:datetime' -Class ExperienceEvent
        $events | New-FlowMapping -Column 'Id' -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeOfType 'AdxFlow.FlowMapping'
        "$warnings" | Should -BeLike '*Every row needs these fields*_id, timestamp*'
    }

    It 'makes a dataset of a schema that exists' {
        Get-FlowChange { $script:made = New-FlowDataset Again -SchemaId $dataset.SchemaId } | Should -BeExactly 'POST /dataSets'
        $made.SchemaId | Should -BeExactly $dataset.SchemaId
    }

    It 'refuses <Why> before anything is sent' -ForEach @(
        @{ Why = 'a type that is none'; Call = { New-FlowDataset Refused 'a:text' }; Id = 'FlowColumnInvalid' }
        @{ Why = 'a column without a type'; Call = { New-FlowDataset Refused 'a' }; Id = 'FlowColumnInvalid' }
        @{ Why = 'a class that is none'; Call = { New-FlowDataset Refused 'a:string' -Class Product }; Id = 'FlowClassInvalid' }
    ) {
        Get-LocalRequest { $script:failure = Get-Failure $Call } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'takes the schema back if the dataset is refused' {
        Add-LocalFault FlowNeighbours -StatusCode 500 -PathPrefix '/flow/data/foundation/catalog'
        $changes = Get-FlowChange { $script:failure = Get-Failure { New-FlowDataset Broken 'a:string' -ErrorAction Stop } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowServiceError,*'
        $changes[-2..-1] | ForEach-Object { $_ -replace 's/.*', 's' } | Should -BeExactly 'DELETE /tenant/schemas', 'DELETE /tenant/fieldgroups'
        New-FlowDataset Broken 'a:string' | Should -BeOfType 'AdxFlow.FlowDataset' -Because 'the titles are free again'
    }

    It 'is an error for a name whose schema is there already' {
        $failure = Get-Failure { New-FlowDataset Weather 'a:string' -ErrorAction Stop }
        $failure.Exception.ServiceCode | Should -BeLike 'XDM-1521-*'
        $failure.TargetObject | Should -BeExactly 'Weather'
    }
}
