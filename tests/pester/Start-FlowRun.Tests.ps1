# Runs on demand, over a window.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'FlowId'; Set = '*'; Form = 'String, mandatory, position 0, by name' }
        @{ Parameter = 'WindowStart'; Set = '*'; Form = 'DateTimeOffset, mandatory' }
        @{ Parameter = 'WindowEnd'; Set = '*'; Form = 'DateTimeOffset, mandatory' }
        @{ Parameter = 'DeltaColumn'; Set = '*'; Form = 'String' }
        @{ Parameter = 'StartTime'; Set = '*'; Form = 'DateTimeOffset' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Start-FlowRun $parameters

Describe 'Start-FlowRun' {
    BeforeEach {
        Get-Flow | Remove-Flow -Recurse -Confirm:$false
        $flow = Add-WeatherFlow Demanded
    }

    It 'runs the window, and settles the delta column' {
        $run = $flow | Start-FlowRun @window -DeltaColumn At
        $run | Should -BeOfType 'AdxFlow.FlowRun'
        $run.FlowId | Should -BeExactly $flow.Id
        ($run | Wait-FlowRun).OutputRecords | Should -Be 3
        (Get-Flow Demanded).DeltaColumn | Should -BeExactly 'At'
        ($flow | Start-FlowRun -WindowStart $now.AddDays(-2) -WindowEnd $now.AddDays(-1) | Wait-FlowRun).InputRecords | Should -Be 0
    }

    It 'refuses <Why>, and starts nothing' -ForEach @(
        @{ Why = 'a first run without a delta column'; With = @{}; Id = 'FlowRunDeltaColumnMissing' }
        @{ Why = 'a window that ends before it starts'; With = @{ DeltaColumn = 'At'; WindowEnd = [datetime]::new(2020, 1, 1) }; Id = 'FlowRunWindowInvalid' }
    ) {
        $arguments = $window.Clone()
        foreach ($key in $With.Keys) { $arguments[$key] = $With[$key] }
        Get-FlowChange { $script:failure = Get-Failure { $flow | Start-FlowRun @arguments -ErrorAction Stop } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'refuses another delta column than the first' {
        $null = $flow | Start-FlowRun @window -DeltaColumn At
        (Get-Failure { $flow | Start-FlowRun @window -DeltaColumn Other -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowRunDeltaColumnFixed,*'
    }

    It 'refuses a flow that recurs' {
        $hourly = Add-WeatherFlow Hourly @{ Frequency = 'Hour'; DeltaColumn = 'At' }
        $failure = Get-Failure { $hourly | Start-FlowRun @window -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowRunNotOnDemand,*'
        $failure.Exception.Message | Should -BeLike '*runs every hour*'
    }

    It 'says of an id that there is none' {
        (Get-Failure { Start-FlowRun 'no-such-id' @window -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
    }
}
