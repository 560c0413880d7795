# Mappings are looked at before rows go through them.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'MappingId'; Set = 'Mapping'; Form = 'String, mandatory, position 0, by name' }
        @{ Parameter = 'Data'; Set = 'Mapping'; Form = 'Object[]' }
        @{ Parameter = 'Session'; Set = 'Mapping'; Form = 'FlowSession' }
        @{ Parameter = 'DatasetId'; Set = 'Dataset'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'Column'; Set = 'Dataset'; Form = 'Object[]' }
        @{ Parameter = 'Field'; Set = 'Dataset'; Form = 'FlowFieldMapping[]' }
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

. $PSScriptRoot/ParameterCases.ps1 Test-FlowMapping $parameters

Describe 'Test-FlowMapping' {
    It 'finds nothing wrong with a mapping that fits' {
        $test = Test-FlowMapping $mapping.Id
        $test | Should -BeOfType 'AdxFlow.FlowMappingTest'
        $test.IsValid | Should -BeTrue
        $test.MappingId | Should -BeExactly $mapping.Id
        $test.SchemaId | Should -BeExactly $dataset.SchemaId
        $test.FieldCount | Should -Be 4
        $test.Errors | Should -BeNullOrEmpty
        $test.Preview | Should -BeNullOrEmpty
    }

    It 'takes mappings and flows from the pipeline' {
        ($mapping, $lossyMapping | Test-FlowMapping).MappingId | Should -BeExactly $mapping.Id, $lossyMapping.Id
        (Add-WeatherFlow Tested | Test-FlowMapping).MappingId | Should -BeExactly $mapping.Id
    }

    It 'shows what rows become' {
        $test = $mapping | Test-FlowMapping -Data ($connection | Get-FlowTable -Table Weather -Preview)
        $test.Preview | Should -HaveCount 3
        ($test.Preview[0] | ConvertFrom-Json).$namespace.Id | Should -BeLike 'id?'
        ($mapping | Test-FlowMapping -Data ([pscustomobject]@{ Id = 'a'; Degrees = 1.5 })).Preview | Should -HaveCount 1
    }

    It 'tells which field is wrong, before it becomes a mapping' {
        Get-FlowChange { $script:test = Test-FlowMapping -DatasetId $dataset.Id -Column 'Id' -Field @{ "$namespace.Nowhere" = 'Note' } } | Should -BeExactly 'POST /mappingSets/validate'
        $test.IsValid | Should -BeFalse
        $test.Errors.Destination | Should -BeExactly "$namespace.Nowhere"
        "$test" | Should -BeLike "$namespace.Nowhere: *"
    }

    It 'says of a mapping that there is none' {
        $failure = Get-Failure { Test-FlowMapping '00000000000000000000000000000000' -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        $failure.TargetObject | Should -BeExactly '00000000000000000000000000000000'
    }
}
