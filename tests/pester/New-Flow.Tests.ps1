# Dataflows: of a table and a dataset in one call, or of parts; checked before anything is sent.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Set = 'Table'; Form = 'String, mandatory, position 0' }
        @{ Parameter = 'Description'; Set = 'Table'; Form = 'String' }
        @{ Parameter = 'ConnectionId'; Set = 'Table'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'Table'; Set = 'Table'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'DatasetId'; Set = 'Table'; Form = 'String, mandatory' }
        @{ Parameter = 'MappingId'; Set = 'Table'; Form = 'String, mandatory' }
        @{ Parameter = 'MappingVersion'; Set = 'Table'; Form = 'Int32' }
        @{ Parameter = 'Frequency'; Set = 'Table'; Form = 'FlowFrequency' }
        @{ Parameter = 'Interval'; Set = 'Table'; Form = 'Int32' }
        @{ Parameter = 'StartTime'; Set = 'Table'; Form = 'DateTimeOffset' }
        @{ Parameter = 'DeltaColumn'; Set = 'Table'; Form = 'String' }
        @{ Parameter = 'Backfill'; Set = 'Table'; Form = 'SwitchParameter' }
        @{ Parameter = 'PartialIngestionPercent'; Set = 'Table'; Form = 'Double' }
        @{ Parameter = 'ErrorDiagnostics'; Set = 'Table'; Form = 'SwitchParameter' }
        @{ Parameter = 'AdxConnection'; Set = 'Table'; Form = 'AdxConnection' }
        @{ Parameter = 'Draft'; Set = 'Table'; Form = 'SwitchParameter' }
        @{ Parameter = 'Session'; Set = 'Table'; Form = 'FlowSession' }
        @{ Parameter = 'SourceId'; Set = 'Parts'; Form = 'String, mandatory' }
        @{ Parameter = 'TargetId'; Set = 'Parts'; Form = 'String, mandatory' }
        @{ Parameter = 'MappingId'; Set = 'Parts'; Form = 'String' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 New-Flow $parameters

BeforeDiscovery {
    $refusals = @(
        @{ Why = 'an interval of 5 minutes'; With = @{ Frequency = 'Minute'; Interval = 5; DeltaColumn = 'At' }; Id = 'FlowIntervalTooShort' }
        @{ Why = 'an interval of no hours'; With = @{ Frequency = 'Hour'; Interval = 0; DeltaColumn = 'At' }; Id = 'FlowIntervalTooShort' }
        @{ Why = 'Once with a delta column'; With = @{ Frequency = 'Once'; DeltaColumn = 'At' }; Id = 'FlowDeltaColumnNotAllowed' }
        @{ Why = 'Once with an interval'; With = @{ Interval = 1 }; Id = 'FlowIntervalNotAllowed' }
        @{ Why = 'Once with backfill'; With = @{ Backfill = $true }; Id = 'FlowBackfillNotAllowed' }
        @{ Why = 'Day without a delta column'; With = @{ Frequency = 'Day' }; Id = 'FlowDeltaColumnMissing' }
        @{ Why = 'a start in the past'; With = @{ StartTime = [datetime]::new(2020, 1, 1) }; Id = 'FlowStartTimePast' }
        @{ Why = 'a percentage of none'; With = @{ PartialIngestionPercent = 0 }; Id = 'FlowPartialIngestionInvalid' }
    )
}

Describe 'New-Flow of a table and a dataset' {
    It 'makes source, target and flow, in order' {
        $changes = Get-FlowChange { $script:flow = Add-WeatherFlow Hourly @{ Frequency = 'Hour'; DeltaColumn = 'At'; Backfill = $true; Description = 'for tests' } }
        $changes | Should -BeExactly 'POST /sourceConnections', 'POST /targetConnections', 'POST /flows'
        $flow | Should -BeOfType 'AdxFlow.Dataflow'
        $flow.Name | Should -BeExactly 'Hourly'
        $flow.Description | Should -BeExactly 'for tests'
        $flow.State | Should -BeExactly 'enabled'
        $flow.Schedule.Frequency | Should -Be 'Hour'
        $flow.Schedule.Interval | Should -Be 1
        $flow.Schedule.Backfill | Should -BeTrue
        $flow.Schedule.StartTime | Should -BeGreaterThan $now
        $flow.DeltaColumn | Should -BeExactly 'At'
        $flow.MappingId | Should -BeExactly $mapping.Id
        $flow.ConnectionId | Should -BeExactly $connection.Id
        ($flow | Get-FlowSource).Columns | Should -BeExactly 'Id', 'Degrees', 'At', 'Note'
        ($flow | Get-FlowTarget).DatasetId | Should -BeExactly $dataset.Id
    }

    It 'takes connection and table from the pipeline' {
        ($connection | Get-FlowTable -Table Weather | New-Flow Piped -DatasetId $dataset.Id -MappingId $mapping.Id).Schedule.Frequency | Should -Be 'Once'
    }

    It 'takes a start in local time, in UTC and with a zone' {
        $at = [datetimeoffset]::new(2040, 6, 1, 12, 0, 0, '00:00')
        (Add-WeatherFlow Local @{ StartTime = $at.LocalDateTime }).Schedule.StartTime | Should -Be $at
        (Add-WeatherFlow Utc @{ StartTime = $at.UtcDateTime }).Schedule.StartTime | Should -Be $at
        (Add-WeatherFlow Text @{ StartTime = '2040-06-01T14:00:00+02:00' }).Schedule.StartTime | Should -Be $at
    }

    It 'refuses <Why> before anything is sent' -ForEach $refusals {
        Get-LocalRequest { $script:failure = Get-Failure { Add-WeatherFlow Refused $With } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'makes nothing of what does not fit together' {
        $other = New-FlowDataset Other 'a:string'
        Get-FlowChange {
            $script:failures = @(
                Get-Failure { $ErrorActionPreference = 'Stop'; Add-WeatherFlow Refused @{ DatasetId = $other.Id } }
                Get-Failure { $ErrorActionPreference = 'Stop'; Add-WeatherFlow Refused @{ Frequency = 'Hour'; DeltaColumn = 'Nowhere' } }
                Get-Failure { $ErrorActionPreference = 'Stop'; Add-WeatherFlow Refused @{ MappingId = '00000000000000000000000000000000' } }
                Get-Failure { $ErrorActionPreference = 'Stop'; Add-WeatherFlow Refused @{ ConnectionId = 'no-such-id' } }
                Get-Failure { $ErrorActionPreference = 'Stop'; Add-WeatherFlow Refused @{ Table = 'NoSuchTable' } }
            )
        } | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId -replace ',.*' | Should -BeExactly 'FlowSchemaMismatch', 'FlowDeltaColumnNotFound', 'FlowNotFound', 'FlowNotFound', 'FlowTableNotFound'
    }

    It 'refuses a name that a flow has' {
        $null = Add-WeatherFlow Taken
        Get-FlowChange { $script:failure = Get-Failure { $ErrorActionPreference = 'Stop'; Add-WeatherFlow Taken } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowAlreadyExists,*'
        $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
        @(Get-Flow Taken) | Should -HaveCount 1
    }

    It 'removes what it made if the flow is refused' {
        $changes = Get-FlowChange { $script:failure = Get-Failure { $ErrorActionPreference = 'Stop'; Add-WeatherFlow Broken @{ MappingVersion = 99 } } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowInvalidMapping,*'
        $failure.Exception.ServiceCode | Should -BeExactly 'FLOW-1412-400'
        $changes[-2..-1] | ForEach-Object { ($_ -split '/')[0, 1] -join '/' } | Should -BeExactly 'DELETE /targetConnections', 'DELETE /sourceConnections'
        Get-FlowSource 'Broken*' | Should -BeNullOrEmpty
        Get-FlowTarget 'Broken*' | Should -BeNullOrEmpty
    }

    It 'sends a request whose answer failed only once' {
        Add-LocalFault Flow -StatusCode 503 -PathPrefix '/flow/data/foundation/flowservice/sourceConnections'
        $changes = Get-FlowChange { $null = Get-Failure { $ErrorActionPreference = 'Stop'; Add-WeatherFlow Unsure } }
        $changes | Should -BeExactly 'POST /sourceConnections'
    }
}

Describe 'New-Flow of parts' {
    It 'makes only the flow' {
        $source = New-FlowSource Source -ConnectionId $connection.Id -Table Weather
        $target = New-FlowTarget Target -DatasetId $dataset.Id
        Get-FlowChange { $script:flow = New-Flow Parts -SourceId $source.Id -TargetId $target.Id -MappingId $mapping.Id -Frequency Week -Interval 2 -DeltaColumn At } | Should -BeExactly 'POST /flows'
        $flow.SourceId | Should -BeExactly $source.Id
        $flow.TargetId | Should -BeExactly $target.Id
        "$($flow.Schedule)" | Should -BeExactly 'every 2 weeks'
    }

    It 'refuses a delta column that the source lacks' {
        $source = New-FlowSource Source -ConnectionId $connection.Id -Table Weather
        $target = New-FlowTarget Target -DatasetId $dataset.Id
        $failure = Get-Failure { New-Flow Refused -SourceId $source.Id -TargetId $target.Id -MappingId $mapping.Id -Frequency Hour -DeltaColumn at -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowDeltaColumnNotFound,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-DeltaColumn At*'
    }
}

Describe 'New-Flow -Draft' {
    It 'makes drafts of everything, which may lack a schedule' {
        $draft = Add-WeatherFlow Draft @{ Draft = $true }
        $draft.IsDraft | Should -BeTrue
        $draft.Schedule | Should -BeNullOrEmpty
        ($draft | Get-FlowSource).State | Should -BeExactly 'draft'
        ($draft | Get-FlowTarget).State | Should -BeExactly 'draft'
    }

    It 'does not pass over an interval or backfill without a frequency' {
        (Get-Failure { Add-WeatherFlow Passed @{ Draft = $true; Interval = 2 } }).FullyQualifiedErrorId | Should -BeLike 'FlowIntervalNotAllowed,*'
        (Get-Failure { Add-WeatherFlow Passed @{ Draft = $true; Backfill = $true } }).FullyQualifiedErrorId | Should -BeLike 'FlowBackfillNotAllowed,*'
    }
}

Describe 'New-Flow -AdxConnection' {
    It 'warns of a delta column that is no datetime' {
        $null = Add-WeatherFlow Warned @{ Frequency = 'Hour'; DeltaColumn = 'Note'; AdxConnection = $adx } -WarningVariable warnings 3>$null
        Add-WeatherFlow Looked @{ Frequency = 'Hour'; DeltaColumn = 'Note'; AdxConnection = $adx } 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] } | Should -BeLike "*delta column 'Note' is of type string, not datetime*"
    }

    It 'has nothing to say of a table that fits' {
        Add-WeatherFlow Fits @{ Frequency = 'Hour'; DeltaColumn = 'At'; Backfill = $true; AdxConnection = $adx } 3>&1 | Should -BeOfType 'AdxFlow.Dataflow'
    }

    It 'warns of a first run that takes more than an answer holds' {
        $null = New-AdxTable Large 'At:datetime', 'Note:string'
        # Rows of a million letters, since sizes count as well as rows.
        $note = 'n' * 1e6
        $null = Send-AdxData Large -InputObject @(1..70 | ForEach-Object { [pscustomobject]@{ At = [datetime]::UtcNow; Note = $note } }) -Wait
        $large = New-FlowDataset Large 'At:datetime', 'Note:string'
        $largeMapping = $large | New-FlowMapping -Column 'At', 'Note'
        $with = @{ Table = 'Large'; DatasetId = $large.Id; MappingId = $largeMapping.Id; Frequency = 'Day'; DeltaColumn = 'At'; Backfill = $true; AdxConnection = $adx }
        $warnings = Add-WeatherFlow Large $with 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }
        $warnings | Should -HaveCount 2
        $warnings[0] | Should -BeLike "The first run, which takes all of table 'Large', has 70 rows, about 67 MB.*"
        $warnings[1] | Should -BeLike "The fullest window (every day, with history) of table 'Large' has 70 rows, about 67 MB.*"
    }
}
