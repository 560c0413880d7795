# Dataflows: by name, id and state, and of connections, sources, targets and runs.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Set = '*'; Form = 'String[], position 0' }
        @{ Parameter = 'FlowId'; Set = '*'; Form = 'String[], by name' }
        @{ Parameter = 'State'; Set = '*'; Form = 'String' }
        @{ Parameter = 'ConnectionId'; Set = '*'; Form = 'String, by name' }
        @{ Parameter = 'SourceId'; Set = '*'; Form = 'String, by name' }
        @{ Parameter = 'TargetId'; Set = '*'; Form = 'String, by name' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Get-Flow $parameters

Describe 'Get-Flow' {
    BeforeAll {
        $one = Add-WeatherFlow One
        $two = Add-WeatherFlow 'Two [x]' @{ Frequency = 'Hour'; DeltaColumn = 'At' }
        $two | Disable-Flow
    }

    It 'finds all, by pattern, by name whatever its case, and a name that reads as a pattern' {
        (Get-Flow).Name | Sort-Object | Should -BeExactly 'One', 'Two [x]'
        (Get-Flow 'T*').Id | Should -BeExactly $two.Id
        (Get-Flow ONE).Id | Should -BeExactly $one.Id
        (Get-Flow 'Two [x]').Id | Should -BeExactly $two.Id
    }

    It 'finds by state' {
        (Get-Flow -State Disabled).Id | Should -BeExactly $two.Id
        (Get-Flow -State enabled).Id | Should -BeExactly $one.Id
    }

    It 'takes connections, sources, targets, flows and runs from the pipeline' {
        @($connection | Get-Flow) | Should -HaveCount 2
        Get-Flow -ConnectionId 'another' | Should -BeNullOrEmpty
        ($one | Get-FlowSource | Get-Flow).Id | Should -BeExactly $one.Id
        ($one | Get-FlowTarget | Get-Flow).Id | Should -BeExactly $one.Id
        ($one | Get-Flow).Id | Should -BeExactly $one.Id
        ($one | Start-FlowRun @window -DeltaColumn At | Get-Flow).Id | Should -BeExactly $one.Id
    }

    It 'tells of the last run' {
        $flow = Get-Flow One
        $flow.LastRunId | Should -BeExactly (Get-FlowRun $one.Id | Select-Object -First 1).Id
        $flow.LastRunState | Should -BeExactly 'success'
        $flow.LastRunOn | Should -BeOfType [datetimeoffset]
    }

    It 'reads every page' {
        foreach ($number in 1..25) { $null = New-Flow "Page $number" -SourceId $one.SourceId -TargetId $one.TargetId -MappingId $mapping.Id }
        @(Get-Flow 'Page*') | Should -HaveCount 25
        Get-Flow 'Page*' | Remove-Flow -Confirm:$false
    }

    . $PSScriptRoot/FlowListCases.ps1 Get-Flow FlowId { $one.Id }

    It 'offers what it has seen to completion, without a request' {
        $null = Get-Flow
        Get-LocalRequest {
            $script:names = (TabExpansion2 'Get-Flow Tw').CompletionMatches.CompletionText
            $script:ids = (TabExpansion2 'Get-FlowRun On').CompletionMatches.CompletionText
            $script:states = (TabExpansion2 'Get-Flow -State dis').CompletionMatches.CompletionText
        } | Should -BeNullOrEmpty
        $names | Should -BeExactly "'Two [x]'"
        $ids | Should -BeExactly $one.Id
        $states | Should -BeExactly 'disabled'
    }
}
