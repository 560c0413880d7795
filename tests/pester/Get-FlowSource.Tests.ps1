# Source connections: by name, by id, of a connection or a flow.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Set = '*'; Form = 'String[], position 0' }
        @{ Parameter = 'SourceId'; Set = '*'; Form = 'String[], by name' }
        @{ Parameter = 'ConnectionId'; Set = '*'; Form = 'String, by name' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Get-FlowSource $parameters

Describe 'Get-FlowSource' {
    BeforeAll {
        $flow = Add-WeatherFlow Sourced
        $other = New-FlowSource 'Other [x]' -ConnectionId $connection.Id -Table Weather
    }

    It 'tells of a source what it is of' {
        $source = Get-FlowSource 'sourced SOURCE'
        $source | Should -BeOfType 'AdxFlow.FlowSource'
        $source.Id | Should -BeExactly $flow.SourceId
        $source.SourceId | Should -BeExactly $source.Id
        $source.ConnectionId | Should -BeExactly $connection.Id
        $source.Table | Should -BeExactly 'Weather'
        $source.Columns | Should -BeExactly 'Id', 'Degrees', 'At', 'Note'
        $source.State | Should -BeExactly 'enabled'
        $source.ETag | Should -Match '^".+"$'
        $source.CreatedOn | Should -BeOfType [datetimeoffset]
    }

    It 'finds by pattern, and a name that reads as one' {
        (Get-FlowSource '*source').Name | Should -BeExactly 'Sourced source'
        (Get-FlowSource 'Other `[x`]').Id | Should -BeExactly $other.Id
        @(Get-FlowSource) | Should -HaveCount 2
    }

    It 'takes flows and connections from the pipeline' {
        ($flow | Get-FlowSource).Id | Should -BeExactly $flow.SourceId
        @($connection | Get-FlowSource) | Should -HaveCount 2
        (Get-FlowSource -ConnectionId $connection.Id 'Other*').Id | Should -BeExactly $other.Id
    }

    . $PSScriptRoot/FlowListCases.ps1 Get-FlowSource SourceId { $other.Id }

    It 'offers what it has seen to completion, without a request' {
        $null = Get-FlowSource
        Get-LocalRequest {
            $script:names = (TabExpansion2 'Get-FlowSource Sour').CompletionMatches.CompletionText
            $script:ids = (TabExpansion2 'Remove-FlowSource Sour').CompletionMatches.CompletionText
        } | Should -BeNullOrEmpty
        $names | Should -BeExactly "'Sourced source'"
        $ids | Should -BeExactly $flow.SourceId
    }
}
