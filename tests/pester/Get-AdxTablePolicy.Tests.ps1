# Policies of tables, as typed objects.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Table'; Form = 'String[], mandatory, position 0, from pipeline, by name' }
        @{ Parameter = 'Policy'; Form = 'AdxTablePolicyKind[], position 1' }
        @{ Parameter = 'Connection'; Form = 'AdxConnection' }
        @{ Parameter = 'Database'; Form = 'String, by name' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $null = New-AdxTable Plain 'a:long'
    $null = New-AdxTable 'it.s - x' 'a:long'
    Set-AdxTablePolicy 'it.s - x' -BatchingTime 30s -BatchingItems 20 -BatchingSizeMB 300
    Set-AdxTablePolicy 'it.s - x' -RetentionPeriod '30d' -Recoverability Disabled
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Get-AdxTablePolicy $parameters

Describe 'Get-AdxTablePolicy' {
    It 'writes all four by default, each with its own type' {
        $policies = Get-AdxTablePolicy Plain
        $policies | Should -BeOfType 'AdxFlow.AdxTablePolicy'
        $policies.Policy | Should -Be 'Batching', 'Streaming', 'Retention', 'Caching'
        $policies | ForEach-Object { $_.GetType().Name } | Should -BeExactly 'AdxBatchingPolicy', 'AdxStreamingPolicy', 'AdxRetentionPolicy', 'AdxCachingPolicy'
    }

    It 'tells those that are not set as inherited' {
        (Get-AdxTablePolicy Plain).IsInherited | Should -Be $true, $true, $true, $true
        (Get-AdxTablePolicy Plain Batching).BatchingTime | Should -BeNullOrEmpty
    }

    It 'tells the values of those that are, with their types' {
        $batching, $retention = Get-AdxTablePolicy 'it.s - x' Batching, Retention
        $batching.IsInherited | Should -BeFalse
        $batching.BatchingTime | Should -Be ([timespan] '00:00:30')
        $batching.BatchingItems | Should -Be 20
        $batching.BatchingSizeMB | Should -Be 300
        $retention.RetentionPeriod | Should -Be ([timespan] '30.00:00:00')
        $retention.Recoverability | Should -Be 'Disabled'
        "$retention" | Should -BeExactly "Retention of it.s - x: 30 days, not recoverable"
    }

    It 'takes tables from the pipeline' {
        (Get-AdxTable | Get-AdxTablePolicy -Policy Retention).Table | Should -BeExactly 'Plain', 'it.s - x'
        ('Plain', 'it.s - x' | Get-AdxTablePolicy -Policy Retention).Table | Should -BeExactly 'Plain', 'it.s - x'
    }

    It 'takes no database for a table' {
        $failure = Get-Failure { Get-AdxDatabase | Get-AdxTablePolicy -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InputObjectMissingMandatory,*'
    }

    It 'says of a table once that it is missing, and goes on with the next' {
        $policies = Get-AdxTablePolicy Missing, Plain -ErrorVariable failures -ErrorAction SilentlyContinue
        $policies | Should -HaveCount 4
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -BeExactly 'Missing'
    }

    It 'honours -ErrorAction' {
        (Get-Failure { Get-AdxTablePolicy Missing -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
    }

    It 'refuses a policy that it does not know' {
        (Get-Failure { Get-AdxTablePolicy Plain Merging }).FullyQualifiedErrorId | Should -BeLike 'CannotConvertArgument*'
    }

    It 'shows table, policy and summary in a line each' {
        $lines = @((Get-AdxTablePolicy 'it.s - x' | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() })
        $lines | Should -HaveCount 6
        $lines[2] | Should -BeLike '*Batching*00:00:30, 20 items, 300 MB*'
        $lines[3] | Should -BeLike '*Streaming*(inherited)*'
    }

    It 'completes the policies' {
        (TabExpansion2 'Get-AdxTablePolicy Plain -Policy Ba').CompletionMatches.CompletionText | Should -BeExactly 'Batching'
    }
}
