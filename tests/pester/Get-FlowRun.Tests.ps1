# Runs: newest first, by flow, state and time; what went wrong, and the rows that were left out.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'FlowId'; Set = '*'; Form = 'String[], position 0, by name' }
        @{ Parameter = 'RunId'; Set = '*'; Form = 'String[], by name' }
        @{ Parameter = 'State'; Set = '*'; Form = 'FlowRunState[]' }
        @{ Parameter = 'After'; Set = '*'; Form = 'DateTimeOffset' }
        @{ Parameter = 'Before'; Set = '*'; Form = 'DateTimeOffset' }
        @{ Parameter = 'RowError'; Set = '*'; Form = 'SwitchParameter' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Get-FlowRun $parameters

Describe 'Get-FlowRun' {
    BeforeAll {
        $good = Add-WeatherFlow Good
        $goodRun = $good | Start-FlowRun @window -DeltaColumn At | Wait-FlowRun
        $bad = Add-WeatherFlow Bad @{ MappingId = $lossyMapping.Id }
        $badRun = $bad | Start-FlowRun @window -DeltaColumn At
        $lossy = Add-WeatherFlow Lossy @{ MappingId = $lossyMapping.Id; PartialIngestionPercent = 50; ErrorDiagnostics = $true }
        $lossyRun = $lossy | Start-FlowRun @window -DeltaColumn At
    }

    It 'tells of a run that brought everything' {
        $run = Get-FlowRun $good.Id
        $run | Should -BeOfType 'AdxFlow.FlowRun'
        $run.State | Should -Be 'Success'
        $run.InputRecords | Should -Be 3
        $run.OutputRecords | Should -Be 3
        $run.FailedRecords | Should -Be 0
        $run.Errors | Should -BeNullOrEmpty
        $run.Activities.Count | Should -Be 2
        $run.RunId | Should -BeExactly $run.Id
        $run.WindowStart.ToUnixTimeSeconds() | Should -Be $window.WindowStart.ToUnixTimeSeconds()
    }

    It 'shows that a success has left rows out' {
        $run = Get-FlowRun $lossy.Id
        $run.Status | Should -BeExactly 'success'
        $run.State | Should -Be 'PartialSuccess'
        $run.FailedRecords | Should -Be 1
        $run.OutputRecords | Should -Be 2
        $run.Errors.Code | Should -Contain 'MAPPER-3700-400'
        ($run.Errors | Where-Object Code -EQ 'MAPPER-3700-400').RecordCount | Should -Be 1
    }

    It 'finds what failed, over all flows' {
        (Get-Flow | Get-FlowRun -State Failed).Id | Should -BeExactly $badRun.Id
        (Get-FlowRun -State Failed, PartialSuccess).Id | Sort-Object | Should -BeExactly ($badRun.Id, $lossyRun.Id | Sort-Object)
        (Get-FlowRun -State PartialSuccess).FlowId | Should -BeExactly $lossy.Id
        (Get-FlowRun -State Success).FlowId | Should -BeExactly $good.Id
    }

    It 'gives the newest first' {
        $second = $good | Start-FlowRun @window
        (Get-FlowRun $good.Id).Id | Should -BeExactly $second.Id, $goodRun.Id
        $created = (Get-FlowRun).CreatedOn
        $created | Should -Be ($created | Sort-Object -Descending)
    }

    It 'finds by time' {
        Get-FlowRun -After (Get-Date).AddMinutes(10) | Should -BeNullOrEmpty
        Get-FlowRun -Before (Get-Date).AddDays(-1) | Should -BeNullOrEmpty
        @(Get-FlowRun -After (Get-Date).AddDays(-1) -Before (Get-Date).AddMinutes(10)) | Should -Not -BeNullOrEmpty
    }

    It 'reads a run again by its id, also out of the pipeline' {
        (Get-FlowRun -RunId $badRun.Id).State | Should -Be 'Failed'
        ($badRun, $goodRun | Get-FlowRun).Id | Should -BeExactly $badRun.Id, $goodRun.Id
    }

    It 'shows the rows that were left out' {
        $rows = @(Get-FlowRun $lossy.Id -RowError)
        $rows | Should -HaveCount 1
        $rows[0] | Should -BeOfType 'AdxFlow.FlowRowError'
        $rows[0].RunId | Should -BeExactly $lossyRun.Id
        $rows[0].Row | Should -BeLike '*idx*'
        $rows[0].Message | Should -Not -BeNullOrEmpty
        $goodRun | Get-FlowRun -RowError | Should -BeNullOrEmpty
    }

    It 'says of an id that there is none, and goes on with the next' {
        $found = Get-FlowRun -RunId 'no-such-id', $goodRun.Id -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Id | Should -BeExactly $goodRun.Id
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        $failures[0].TargetObject | Should -BeExactly 'no-such-id'
    }

    It 'asks for no page that nobody wants' {
        @(Get-LocalRequest { Get-FlowRun | Select-Object -First 1 }) | Should -HaveCount 1
    }
}
