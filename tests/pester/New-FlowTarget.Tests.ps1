# Targets of datasets.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Set = '*'; Form = 'String, mandatory, position 0' }
        @{ Parameter = 'Description'; Set = '*'; Form = 'String' }
        @{ Parameter = 'DatasetId'; Set = '*'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'Draft'; Set = '*'; Form = 'SwitchParameter' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 New-FlowTarget $parameters

Describe 'New-FlowTarget' {
    It 'makes a target with the schema of the dataset' {
        $target = New-FlowTarget Made -DatasetId $dataset.Id -Description 'for tests'
        $target | Should -BeOfType 'AdxFlow.FlowTarget'
        $target.Name | Should -BeExactly 'Made'
        $target.Description | Should -BeExactly 'for tests'
        $target.DatasetId | Should -BeExactly $dataset.Id
        $target.SchemaId | Should -BeExactly $dataset.SchemaId
        $target.ConnectionSpecId | Should -BeExactly 'c604ff05-7f1a-43c0-8e18-33bf874cb11c'
    }

    It 'takes the dataset from the pipeline, and makes drafts' {
        (Get-FlowDataset Weather | New-FlowTarget Piped -Draft).State | Should -BeExactly 'draft'
    }

    It 'makes nothing of a dataset that is not there' {
        Get-FlowChange { $script:failure = Get-Failure { New-FlowTarget Missing -DatasetId 'no-such-id' -ErrorAction Stop } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure.TargetObject | Should -BeExactly 'Missing'
    }
}
