# Source connections: by name, by id, of a connection or a flow.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Set = '*'; Form = 'String[], position 0' }
        @{ Parameter = 'SourceId'; Set = '*'; Form = 'String[], by name' }
        @{ Parameter = 'ConnectionId'; Set = '*'; Form = 'String, by name' }
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

Describe 'The parameters of Get-FlowSource' {
    It '<Parameter> of <Set> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Get-FlowSource $Parameter $Set | Should -BeExactly $Form
    }
}

Describe 'Get-FlowSource' {
    BeforeAll {
        $flow = Add-WeatherFlow Sourced
        $other = New-FlowSource 'Other [x]' -ConnectionId $connection.Id -Table Weather
    }

    It 'tells of a source what it is of' {
        $source = Get-FlowSource 'sourced SOURCE'
        $source | Should -BeOfType 'AdxFlow.FlowSource'
        $source.Id | Should -BeExactly $flow.SourceId
        $source.SourceId | Should -BeExactly $source.Id
        $source.ConnectionId | Should -BeExactly $connection.Id
        $source.Table | Should -BeExactly 'Weather'
        $source.Columns | Should -BeExactly 'Id', 'Degrees', 'At', 'Note'
        $source.State | Should -BeExactly 'enabled'
        $source.ETag | Should -Match '^".+"$'
        $source.CreatedOn | Should -BeOfType [datetimeoffset]
    }

    It 'finds by pattern, and a name that reads as one' {
        (Get-FlowSource '*source').Name | Should -BeExactly 'Sourced source'
        (Get-FlowSource 'Other `[x`]').Id | Should -BeExactly $other.Id
        @(Get-FlowSource) | Should -HaveCount 2
    }

    It 'takes flows and connections from the pipeline' {
        ($flow | Get-FlowSource).Id | Should -BeExactly $flow.SourceId
        @($connection | Get-FlowSource) | Should -HaveCount 2
        (Get-FlowSource -ConnectionId $connection.Id 'Other*').Id | Should -BeExactly $other.Id
    }

    It 'says of an id that there is none, and goes on with the next' {
        $found = Get-FlowSource -SourceId 'no-such-id', $other.Id -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Id | Should -BeExactly $other.Id
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -BeExactly 'no-such-id'
    }

    It 'honours -ErrorAction' {
        (Get-Failure { Get-FlowSource -SourceId 'no-such-id', $other.Id -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        Get-FlowSource -SourceId 'no-such-id' -ErrorAction Ignore -ErrorVariable failures
        $failures | Should -BeNullOrEmpty
        Get-FlowSource -SourceId 'no-such-id' -ErrorAction Continue 2>&1 | Should -BeOfType 'System.Management.Automation.ErrorRecord'
    }

    It 'says of a name that nothing has it, and nothing of a pattern' {
        (Get-Failure { Get-FlowSource 'No such name' -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        Get-FlowSource 'No such*' | Should -BeNullOrEmpty
    }

    It 'wants a session' {
        $session = Get-FlowSession
        Disconnect-Flow
        try {
            (Get-Failure { Get-FlowSource }).FullyQualifiedErrorId | Should -BeLike 'FlowNotConnected,*'
            @(Get-FlowSource -Session $session) | Should -HaveCount 2
        }
        finally {
            $null = Connect-Flow -Local
        }
    }

    It 'offers what it has seen to completion, without a request' {
        $null = Get-FlowSource
        Get-LocalRequest {
            $script:names = (TabExpansion2 'Get-FlowSource Sour').CompletionMatches.CompletionText
            $script:ids = (TabExpansion2 'Remove-FlowSource Sour').CompletionMatches.CompletionText
        } | Should -BeNullOrEmpty
        $names | Should -BeExactly "'Sourced source'"
        $ids | Should -BeExactly $flow.SourceId
    }
}
