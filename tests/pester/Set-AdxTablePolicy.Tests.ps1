# Setting, changing, copying and removing the policies of tables.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Table'; Set = 'Batching'; Form = 'String[], mandatory, position 0, from pipeline, by name' }
        @{ Parameter = 'InputObject'; Set = 'Policy'; Form = 'AdxTablePolicy, mandatory, from pipeline' }
        @{ Parameter = 'BatchingTime'; Set = 'Batching'; Form = 'TimeSpan' }
        @{ Parameter = 'BatchingItems'; Set = 'Batching'; Form = 'Int32' }
        @{ Parameter = 'BatchingSizeMB'; Set = 'Batching'; Form = 'Int32' }
        @{ Parameter = 'BatchingTime'; Set = 'Streaming'; Form = 'not in this set' }
        @{ Parameter = 'Streaming'; Set = 'Streaming'; Form = 'Boolean, mandatory' }
        @{ Parameter = 'HintAllocatedRate'; Set = 'Streaming'; Form = 'Double' }
        @{ Parameter = 'RetentionPeriod'; Set = 'Retention'; Form = 'TimeSpan' }
        @{ Parameter = 'Recoverability'; Set = 'Retention'; Form = 'AdxRecoverability' }
        @{ Parameter = 'CachingPeriod'; Set = 'Caching'; Form = 'TimeSpan, mandatory' }
        @{ Parameter = 'Remove'; Set = 'Remove'; Form = 'AdxTablePolicyKind[], mandatory' }
        @{ Parameter = 'PassThru'; Set = 'Caching'; Form = 'SwitchParameter' }
        @{ Parameter = 'Database'; Set = 'Caching'; Form = 'String, by name' }
    )
    $outside = @(
        @{ Value = @{ BatchingTime = '9s' }; Words = '10 seconds to 30 minutes' }
        @{ Value = @{ BatchingTime = '31m' }; Words = '10 seconds to 30 minutes' }
        @{ Value = @{ BatchingItems = 0 }; Words = '1 to 25,000' }
        @{ Value = @{ BatchingItems = 25001 }; Words = '1 to 25,000' }
        @{ Value = @{ BatchingSizeMB = 99 }; Words = '100 to 4,096 MB' }
        @{ Value = @{ BatchingSizeMB = 4097 }; Words = '100 to 4,096 MB' }
        @{ Value = @{ Streaming = $true; HintAllocatedRate = 0 }; Words = 'more than 0' }
        @{ Value = @{ RetentionPeriod = [timespan]::Zero }; Words = 'Disabled' }
        @{ Value = @{ RetentionPeriod = '-1d' }; Words = 'negative' }
        @{ Value = @{ CachingPeriod = '-1d' }; Words = 'negative' }
    ) | ForEach-Object { $_.Text = ($_.Value.GetEnumerator() | ForEach-Object { "$($_.Key) = $($_.Value)" }) -join ', '; $_ }
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Set-AdxTablePolicy' {
    It '<Parameter> in set <Set> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Set-AdxTablePolicy $Parameter $Set | Should -BeExactly $Form
    }

    It 'do not mix' {
        (Get-Failure { Set-AdxTablePolicy T -BatchingItems 5 -CachingPeriod 5h }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
    }
}

Describe 'Set-AdxTablePolicy' {
    BeforeEach {
        $null = New-AdxTable 'it.s - x' 'a:long'
        $null = New-AdxTable B 'a:long'
    }

    AfterEach {
        Get-AdxTable | Remove-AdxTable -Confirm:$false
    }

    It 'refuses null for <_>, and sends nothing' -ForEach 'BatchingTime', 'BatchingItems', 'BatchingSizeMB', 'RetentionPeriod', 'Recoverability' {
        $null = Get-AdxTable
        $value = @{ $_ = $null }
        $script:failure = $null
        $requests = Get-LocalRequest { $script:failure = Get-Failure { Set-AdxTablePolicy B @value } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        $requests | Should -BeNullOrEmpty
    }

    It 'writes nothing, or the policy with -PassThru' {
        Set-AdxTablePolicy B -CachingPeriod 36h *>&1 | Should -BeNullOrEmpty
        $policy = Set-AdxTablePolicy B -CachingPeriod 5h -PassThru
        $policy | Should -BeOfType 'AdxFlow.AdxCachingPolicy'
        $policy.CachingPeriod | Should -Be ([timespan] '05:00:00')
        $policy.IsInherited | Should -BeFalse
    }

    It 'sets batching, and leaves what is not named' {
        Set-AdxTablePolicy 'it.s - x' -BatchingTime 45s -BatchingItems 450 -BatchingSizeMB 300
        Set-AdxTablePolicy 'it.s - x' -BatchingTime 1m
        (Get-AdxTablePolicy 'it.s - x' Batching).Summary | Should -BeExactly '00:01:00, 450 items, 300 MB'
    }

    It 'turns streaming on and off, and tells that it takes a while' {
        Set-AdxTablePolicy B -Streaming $true -HintAllocatedRate 2.1 -Verbose 4>&1 | Select-Object -Last 1 | Should -BeLike '*some minutes*'
        (Get-AdxTablePolicy B Streaming).Summary | Should -BeExactly 'enabled, 2.1 GB an hour'
        (Set-AdxTablePolicy B -Streaming $false -PassThru).IsEnabled | Should -BeFalse
    }

    It 'sets retention, whole or in part' {
        Set-AdxTablePolicy B -RetentionPeriod '7d' -Recoverability Disabled
        (Set-AdxTablePolicy B -RetentionPeriod '14.00:00:00' -PassThru).Summary | Should -BeExactly '14 days, not recoverable'
        (Set-AdxTablePolicy B -Recoverability Enabled -PassThru).Summary | Should -BeExactly '14 days, recoverable'
        (Set-AdxTablePolicy B -RetentionPeriod ([timespan]::Zero) -Recoverability Disabled -PassThru).RetentionPeriod | Should -Be ([timespan]::Zero)
    }

    It 'keeps the hot windows when the caching period changes' {
        $null = Invoke-AdxCommand '.alter tables (B) policy caching hot = 1d, hot_window = datetime(2021-01-01) .. datetime(2021-02-01)'
        $policy = Set-AdxTablePolicy B -CachingPeriod '5d' -PassThru
        $policy.CachingPeriod | Should -Be ([timespan] '5.00:00:00')
        $policy.HotWindows | Should -HaveCount 1
    }

    It 'sets one policy on many tables' {
        Get-AdxTable | Set-AdxTablePolicy -CachingPeriod '3d'
        (Get-AdxTable | Get-AdxTablePolicy -Policy Caching).Summary | Should -BeExactly '3 days', '3 days'
        Set-AdxTablePolicy 'it.s - x', B -CachingPeriod '4d'
        (Get-AdxTablePolicy 'it.s - x', B Caching).Summary | Should -BeExactly '4 days', '4 days'
        'it.s - x', 'B' | Set-AdxTablePolicy -CachingPeriod '5d'
        ('it.s - x', 'B' | Get-AdxTablePolicy -Policy Caching).Summary | Should -BeExactly '5 days', '5 days'
    }

    It 'copies the policies of another table, those that are not set too' {
        Set-AdxTablePolicy 'it.s - x' -BatchingTime 30s -BatchingItems 20 -BatchingSizeMB 300
        Set-AdxTablePolicy 'it.s - x' -RetentionPeriod '30d' -Recoverability Disabled
        Set-AdxTablePolicy B -CachingPeriod '3d'
        Get-AdxTablePolicy 'it.s - x' | Set-AdxTablePolicy -Table B
        (Get-AdxTablePolicy B).Summary | Should -BeExactly '00:00:30, 20 items, 300 MB', '(inherited)', '30 days, not recoverable', '(inherited)'
    }

    It 'takes policies away, and where there is none changes nothing' {
        Set-AdxTablePolicy B -CachingPeriod '3d'
        Set-AdxTablePolicy B -Streaming $true
        (Set-AdxTablePolicy B -Remove Caching, Streaming, Batching -PassThru).IsInherited | Should -Be $true, $true, $true
        (Get-AdxTablePolicy B).IsInherited | Should -Not -Contain $false
    }

    It 'refuses what is outside of the limits, in words, and sends nothing: <Text>' -ForEach $outside {
        Get-LocalRequest { $script:failure = Get-Failure { Set-AdxTablePolicy B @Value -ErrorAction Stop } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidPolicy,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.Exception.Message | Should -BeLike "*$Words*"
    }

    It 'refuses a duration without a unit: <_>' -ForEach 30, '30', 30.5, '', 'soon', '99999999999d' {
        Get-LocalRequest { $script:failure = Get-Failure { Set-AdxTablePolicy B -RetentionPeriod $_ } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        $failure.Exception.Message | Should -BeLike "*'30d'*"
    }

    It 'takes a duration in quotes and without, and as .NET has it' {
        (Set-AdxTablePolicy B -RetentionPeriod 30d -PassThru).RetentionPeriod | Should -Be ([timespan] '30.00:00:00')
        (Set-AdxTablePolicy B -RetentionPeriod '1.5d' -PassThru).RetentionPeriod | Should -Be ([timespan] '1.12:00:00')
        (Set-AdxTablePolicy B -RetentionPeriod (New-TimeSpan -Hours 5) -PassThru).RetentionPeriod | Should -Be ([timespan] '05:00:00')
        (Set-AdxTablePolicy B -BatchingTime 30s -PassThru).BatchingTime | Should -Be ([timespan] '00:00:30')
    }

    It 'says of a table that it is missing, and goes on with the next' {
        Set-AdxTablePolicy Missing, B -CachingPeriod '3d' -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        $failures[0].TargetObject | Should -BeExactly 'Missing'
        (Get-AdxTablePolicy B Caching).Summary | Should -BeExactly '3 days'
    }

    It 'is refused to who may not, with the role that it takes' {
        $stranger = Connect-Adx -Local -Principal 'aaduser=stranger@contoso.com'
        $null = Connect-Adx -Local
        $failure = Get-Failure { Set-AdxTablePolicy B -Streaming $true -Connection $stranger -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
        $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'
        $failure.Exception.Message | Should -BeLike "*needs the role Admin on table 'B'*"
    }
}
