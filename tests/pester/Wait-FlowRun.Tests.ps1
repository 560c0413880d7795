# Waiting for runs: how each ended, what failed, what was left out.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'FlowId'; Set = '*'; Form = 'String[], position 0, by name' }
        @{ Parameter = 'RunId'; Set = '*'; Form = 'String[], by name' }
        @{ Parameter = 'Timeout'; Set = '*'; Form = 'TimeSpan' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Wait-FlowRun $parameters

Describe 'Wait-FlowRun' {
    BeforeAll {
        $good = Add-WeatherFlow Good
        $bad = Add-WeatherFlow Bad @{ MappingId = $lossyMapping.Id }
        $lossy = Add-WeatherFlow Lossy @{ MappingId = $lossyMapping.Id; PartialIngestionPercent = 50 }
        $never = Add-WeatherFlow Never @{ StartTime = $now.AddYears(1) }
    }

    It 'waits for runs, and writes how each ended' {
        $run = $good | Start-FlowRun @window -DeltaColumn At
        ($run | Wait-FlowRun).State | Should -Be 'Success'
        (Wait-FlowRun -RunId $run.Id).OutputRecords | Should -Be 3
    }

    It 'waits for the newest run of a flow, or for the first to come' {
        ($good | Wait-FlowRun).Id | Should -BeExactly (Get-FlowRun $good.Id | Select-Object -First 1).Id
        $soon = Add-WeatherFlow Soon @{ StartTime = [datetimeoffset]::UtcNow.AddSeconds(2) }
        ($soon | Wait-FlowRun -Timeout 1m).State | Should -Be 'Success'
    }

    It 'makes an error of a run that failed, and writes it' {
        $run = $bad | Start-FlowRun @window -DeltaColumn At | Wait-FlowRun -ErrorVariable failures -ErrorAction SilentlyContinue
        $run.State | Should -Be 'Failed'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowRunFailed,*'
        $failures[0].TargetObject.Id | Should -BeExactly $run.Id
        $failures[0].Exception.Message | Should -BeLike "*$($bad.Id)*failed:*"
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*Restart-FlowRun*'
    }

    It 'warns of rows that were left out' {
        $lossy | Start-FlowRun @window -DeltaColumn At | Wait-FlowRun -WarningVariable warnings -WarningAction SilentlyContinue | ForEach-Object State | Should -Be 'PartialSuccess'
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike "*left out 1 rows, though the service says 'success'*-RowError*"
    }

    It 'ends with an error when the time is over, and says that the run goes on' {
        Wait-FlowRun $never.Id -Timeout 0 -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowRunTimeout,*'
        $failures[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        $failures[0].Exception.Message | Should -BeLike '*Never*has not begun*'
    }

    It 'wants to know what to wait for' {
        (Get-Failure { Wait-FlowRun }).FullyQualifiedErrorId | Should -BeLike 'FlowInvalidArgument,*'
    }

    It 'says of an id that there is none' {
        (Get-Failure { Wait-FlowRun -RunId 'no-such-id' -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
    }
}
