# Datasets: by name and by id.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Set = '*'; Form = 'String[], position 0' }
        @{ Parameter = 'DatasetId'; Set = '*'; Form = 'String[], by name' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Get-FlowDataset $parameters

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

    . $PSScriptRoot/FlowListCases.ps1 Get-FlowDataset DatasetId { $dataset.Id }

    It 'offers what it has seen to completion, without a request' {
        $null = Get-FlowDataset
        Get-LocalRequest { $script:ids = (TabExpansion2 'New-FlowTarget x -DatasetId Weath').CompletionMatches.CompletionText } | Should -BeNullOrEmpty
        $ids | Should -BeExactly $dataset.Id
    }
}
