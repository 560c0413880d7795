# Target connections: by name, by id, of a dataset or a flow.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Set = '*'; Form = 'String[], position 0' }
        @{ Parameter = 'TargetId'; Set = '*'; Form = 'String[], by name' }
        @{ Parameter = 'DatasetId'; Set = '*'; Form = 'String, by name' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Get-FlowTarget' {
    It '<Parameter> of <Set> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Get-FlowTarget $Parameter $Set | Should -BeExactly $Form
    }
}

Describe 'Get-FlowTarget' {
    BeforeAll {
        $flow = Add-WeatherFlow Aimed
        $elsewhere = New-FlowDataset Elsewhere 'a:string' | New-FlowTarget Other
    }

    It 'tells of a target what it is of' {
        $target = Get-FlowTarget 'aimed TARGET'
        $target | Should -BeOfType 'AdxFlow.FlowTarget'
        $target.Id | Should -BeExactly $flow.TargetId
        $target.TargetId | Should -BeExactly $target.Id
        $target.DatasetId | Should -BeExactly $dataset.Id
        $target.SchemaId | Should -BeExactly $dataset.SchemaId
        $target.SchemaVersion | Should -Be 1
        $target.State | Should -BeExactly 'enabled'
    }

    It 'takes flows and datasets from the pipeline' {
        ($flow | Get-FlowTarget).Id | Should -BeExactly $flow.TargetId
        ($dataset | Get-FlowTarget).Id | Should -BeExactly $flow.TargetId
        @(Get-FlowTarget) | Should -HaveCount 2
    }

    It 'says of an id that there is none, and goes on with the next' {
        $found = Get-FlowTarget -TargetId 'no-such-id', $elsewhere.Id -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Id | Should -BeExactly $elsewhere.Id
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -BeExactly 'no-such-id'
    }

    It 'honours -ErrorAction' {
        (Get-Failure { Get-FlowTarget -TargetId 'no-such-id', $elsewhere.Id -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        Get-FlowTarget -TargetId 'no-such-id' -ErrorAction Ignore -ErrorVariable failures
        $failures | Should -BeNullOrEmpty
        Get-FlowTarget -TargetId 'no-such-id' -ErrorAction Continue 2>&1 | Should -BeOfType 'System.Management.Automation.ErrorRecord'
    }

    It 'says of a name that nothing has it, and nothing of a pattern' {
        (Get-Failure { Get-FlowTarget 'No such name' -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        Get-FlowTarget 'No such*' | Should -BeNullOrEmpty
    }

    It 'wants a session' {
        $session = Get-FlowSession
        Disconnect-Flow
        try {
            (Get-Failure { Get-FlowTarget }).FullyQualifiedErrorId | Should -BeLike 'FlowNotConnected,*'
            @(Get-FlowTarget -Session $session) | Should -HaveCount 2
        }
        finally {
            $null = Connect-Flow -Local
        }
    }

    It 'offers what it has seen to completion, without a request' {
        $null = Get-FlowTarget
        Get-LocalRequest { $script:names = (TabExpansion2 'Get-FlowTarget Oth').CompletionMatches.CompletionText } | Should -BeNullOrEmpty
        $names | Should -BeExactly 'Other'
    }
}
