# Datasets: by name and by id.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Set = '*'; Form = 'String[], position 0' }
        @{ Parameter = 'DatasetId'; Set = '*'; Form = 'String[], by name' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Get-FlowDataset' {
    It '<Parameter> of <Set> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Get-FlowDataset $Parameter $Set | Should -BeExactly $Form
    }
}

Describe 'Get-FlowDataset' {
    It 'tells of a dataset which schema it follows' {
        $found = Get-FlowDataset weather
        $found | Should -BeOfType 'AdxFlow.FlowDataset'
        $found.Id | Should -BeExactly $dataset.Id
        $found.DatasetId | Should -BeExactly $dataset.Id
        $found.SchemaId | Should -BeExactly $dataset.SchemaId
        $found.SchemaVersion | Should -Be 1
        $found.ErrorDiagnostics | Should -BeTrue
        $found.IsProfileEnabled | Should -BeFalse
    }

    It 'finds all, and by pattern' {
        $null = New-FlowDataset Other 'a:string'
        (Get-FlowDataset).Name | Sort-Object | Should -BeExactly 'Other', 'Weather'
        (Get-FlowDataset 'W*').Id | Should -BeExactly $dataset.Id
    }

    It 'takes targets from the pipeline' {
        (New-FlowTarget Target -DatasetId $dataset.Id | Get-FlowDataset).Name | Should -BeExactly 'Weather'
    }

    It 'says of an id that there is none, and goes on with the next' {
        $found = Get-FlowDataset -DatasetId 'no-such-id', $dataset.Id -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Id | Should -BeExactly $dataset.Id
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -BeExactly 'no-such-id'
    }

    It 'honours -ErrorAction' {
        (Get-Failure { Get-FlowDataset -DatasetId 'no-such-id', $dataset.Id -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        Get-FlowDataset -DatasetId 'no-such-id' -ErrorAction Ignore -ErrorVariable failures
        $failures | Should -BeNullOrEmpty
        Get-FlowDataset -DatasetId 'no-such-id' -ErrorAction Continue 2>&1 | Should -BeOfType 'System.Management.Automation.ErrorRecord'
    }

    It 'says of a name that nothing has it, and nothing of a pattern' {
        (Get-Failure { Get-FlowDataset 'No such name' -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        Get-FlowDataset 'No such*' | Should -BeNullOrEmpty
    }

    It 'offers what it has seen to completion, without a request' {
        $null = Get-FlowDataset
        Get-LocalRequest { $script:ids = (TabExpansion2 'New-FlowTarget x -DatasetId Weath').CompletionMatches.CompletionText } | Should -BeNullOrEmpty
        $ids | Should -BeExactly $dataset.Id
    }
}
