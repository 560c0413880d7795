# Runs that failed, or brought nothing, are repeated.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'RunId'; Set = '*'; Form = 'String[], mandatory, position 0, by name' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Restart-FlowRun $parameters

Describe 'Restart-FlowRun' {
    BeforeAll {
        $bad = Add-WeatherFlow Bad @{ MappingId = $lossyMapping.Id }
        $failed = $bad | Start-FlowRun @window -DeltaColumn At
        $good = Add-WeatherFlow Good
        $succeeded = $good | Start-FlowRun @window -DeltaColumn At
        $empty = $good | Start-FlowRun -WindowStart $now.AddDays(-2) -WindowEnd $now.AddDays(-1)
    }

    It 'repeats a run that failed, over the same window' {
        $again = Restart-FlowRun $failed.Id
        $again | Should -BeOfType 'AdxFlow.FlowRun'
        $again.Id | Should -Not -Be $failed.Id
        $again.FlowId | Should -BeExactly $bad.Id
        $again.WindowStart | Should -Be $failed.WindowStart
    }

    It 'repeats a run that brought nothing, and takes runs from the pipeline' {
        ($empty | Restart-FlowRun).FlowId | Should -BeExactly $good.Id
        @(Get-FlowRun $bad.Id -State Failed | Select-Object -First 1 | Restart-FlowRun) | Should -HaveCount 1
    }

    It 'refuses a run that brought rows, and starts nothing' {
        Get-FlowChange { $script:failure = Get-Failure { $succeeded | Restart-FlowRun -ErrorAction Stop } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowRunNotRestartable,*'
        $failure.TargetObject | Should -BeExactly $succeeded.Id
    }

    It 'refuses the runs of a flow that is not enabled' {
        $bad | Disable-Flow
        (Get-Failure { $failed | Restart-FlowRun -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotEnabled,*'
        $bad | Enable-Flow
    }

    It 'says of an id that there is none, and goes on with the next' {
        @(Restart-FlowRun 'no-such-id', $failed.Id -ErrorVariable failures -ErrorAction SilentlyContinue) | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
    }
}
