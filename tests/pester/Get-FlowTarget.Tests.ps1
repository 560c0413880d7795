# Target connections: by name, by id, of a dataset or a flow.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Set = '*'; Form = 'String[], position 0' }
        @{ Parameter = 'TargetId'; Set = '*'; Form = 'String[], by name' }
        @{ Parameter = 'DatasetId'; Set = '*'; Form = 'String, by name' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Get-FlowTarget $parameters

Describe 'Get-FlowTarget' {
    BeforeAll {
        $flow = Add-WeatherFlow Aimed
        $elsewhere = New-FlowDataset Elsewhere 'a:string' | New-FlowTarget Other
    }

    It 'tells of a target what it is of' {
        $target = Get-FlowTarget 'aimed TARGET'
        $target | Should -BeOfType 'AdxFlow.FlowTarget'
        $target.Id | Should -BeExactly $flow.TargetId
        $target.TargetId | Should -BeExactly $target.Id
        $target.DatasetId | Should -BeExactly $dataset.Id
        $target.SchemaId | Should -BeExactly $dataset.SchemaId
        $target.SchemaVersion | Should -Be 1
        $target.State | Should -BeExactly 'enabled'
    }

    It 'takes flows and datasets from the pipeline' {
        ($flow | Get-FlowTarget).Id | Should -BeExactly $flow.TargetId
        ($dataset | Get-FlowTarget).Id | Should -BeExactly $flow.TargetId
        @(Get-FlowTarget) | Should -HaveCount 2
    }

    . $PSScriptRoot/FlowListCases.ps1 Get-FlowTarget TargetId { $elsewhere.Id }

    It 'offers what it has seen to completion, without a request' {
        $null = Get-FlowTarget
        Get-LocalRequest { $script:names = (TabExpansion2 'Get-FlowTarget Oth').CompletionMatches.CompletionText } | Should -BeNullOrEmpty
        $names | Should -BeExactly 'Other'
    }
}
