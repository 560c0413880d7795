# Changes of dataflows, by version and by Adobe's rules.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'FlowId'; Set = '*'; Form = 'String, mandatory, position 0, by name' }
        @{ Parameter = 'Name'; Set = '*'; Form = 'String' }
        @{ Parameter = 'Description'; Set = '*'; Form = 'String' }
        @{ Parameter = 'Frequency'; Set = '*'; Form = 'FlowFrequency' }
        @{ Parameter = 'Interval'; Set = '*'; Form = 'Int32' }
        @{ Parameter = 'StartTime'; Set = '*'; Form = 'DateTimeOffset' }
        @{ Parameter = 'Backfill'; Set = '*'; Form = 'Boolean' }
        @{ Parameter = 'DeltaColumn'; Set = '*'; Form = 'String' }
        @{ Parameter = 'MappingId'; Set = '*'; Form = 'String' }
        @{ Parameter = 'MappingVersion'; Set = '*'; Form = 'Int32' }
        @{ Parameter = 'PartialIngestionPercent'; Set = '*'; Form = 'Double' }
        @{ Parameter = 'ErrorDiagnostics'; Set = '*'; Form = 'Boolean' }
        @{ Parameter = 'ETag'; Set = '*'; Form = 'String, by name' }
        @{ Parameter = 'PassThru'; Set = '*'; Form = 'SwitchParameter' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Set-Flow $parameters

Describe 'Set-Flow' {
    BeforeEach {
        Get-Flow | Remove-Flow -Confirm:$false
        $flow = Add-WeatherFlow Changing @{ Frequency = 'Hour'; DeltaColumn = 'At'; StartTime = $now.AddDays(1) }
    }

    It 'changes what is given, and leaves the rest' {
        $changed = Set-Flow $flow.Id -Name Changed -Description 'now' -Frequency Minute -Interval 30 -PassThru
        $changed.Name | Should -BeExactly 'Changed'
        $changed.Description | Should -BeExactly 'now'
        "$($changed.Schedule)" | Should -BeExactly 'every 30 minutes'
        $changed.DeltaColumn | Should -BeExactly 'At'
        $changed.MappingId | Should -BeExactly $mapping.Id
        $changed.ETag | Should -Not -Be $flow.ETag
    }

    It 'writes nothing without -PassThru' {
        Set-Flow $flow.Id -Description 'x' *>&1 | Should -BeNullOrEmpty
        (Get-Flow Changing).Description | Should -BeExactly 'x'
        Set-Flow $flow.Id -Description ''
        (Get-Flow Changing).Description | Should -BeNullOrEmpty
    }

    It 'changes mapping, start and what becomes of rows that fail' {
        $changed = $flow | Set-Flow -MappingId $lossyMapping.Id -StartTime $now.AddDays(2) -PartialIngestionPercent 5 -ErrorDiagnostics $true -Backfill $true -PassThru
        $changed.MappingId | Should -BeExactly $lossyMapping.Id
        $changed.DeltaColumn | Should -BeExactly 'At'
        $changed.PartialIngestionPercent | Should -Be 5
        $changed.ErrorDiagnostics | Should -BeTrue
        $changed.Schedule.Backfill | Should -BeTrue
        [math]::Abs(($changed.Schedule.StartTime - $now.AddDays(2)).TotalSeconds) | Should -BeLessThan 1
    }

    It 'makes one that has not started run once' {
        $changed = $flow | Set-Flow -Frequency Once -PassThru
        $changed.Schedule.Frequency | Should -Be 'Once'
        $changed.Schedule.Interval | Should -BeNullOrEmpty
        $changed.DeltaColumn | Should -BeNullOrEmpty
    }

    It 'sends nothing where nothing would change' {
        Get-FlowChange { Set-Flow $flow.Id -Name Changing -Frequency Hour } | Should -BeNullOrEmpty
    }

    It 'refuses <Why>, and changes nothing' -ForEach @(
        @{ Why = 'an interval of 5 minutes'; With = @{ Frequency = 'Minute'; Interval = 5 }; Id = 'FlowIntervalTooShort' }
        @{ Why = 'a start in the past'; With = @{ StartTime = [datetime]::new(2020, 1, 1) }; Id = 'FlowStartTimePast' }
        @{ Why = 'Once with a delta column'; With = @{ Frequency = 'Once'; DeltaColumn = 'At' }; Id = 'FlowDeltaColumnNotAllowed' }
        @{ Why = 'nothing to change'; With = @{}; Id = 'FlowInvalidArgument' }
        @{ Why = 'a percentage of more than all'; With = @{ PartialIngestionPercent = 101 }; Id = 'FlowPartialIngestionInvalid' }
    ) {
        Get-FlowChange { $script:failure = Get-Failure { Set-Flow $flow.Id @With -ErrorAction Stop } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'refuses a flow that has changed since it was read' {
        Set-Flow $flow.Id -Description 'faster'
        $failure = Get-Failure { $flow | Set-Flow -Description 'slower' -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowConflict,*'
        $failure.Exception.ServiceCode | Should -BeExactly 'FLOW-1404-412'
        (Get-Flow Changing).Description | Should -BeExactly 'faster'
    }

    It 'refuses the name of another flow' {
        $null = Add-WeatherFlow Taken
        (Get-Failure { Set-Flow $flow.Id -Name Taken -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowAlreadyExists,*'
    }

    It 'says of an id that there is none' {
        $failure = Get-Failure { Set-Flow 'no-such-id' -Name x -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        $failure.TargetObject | Should -BeExactly 'no-such-id'
    }
}
