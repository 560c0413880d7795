# Sources of tables, with their columns as explored.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Set = '*'; Form = 'String, mandatory, position 0' }
        @{ Parameter = 'Description'; Set = '*'; Form = 'String' }
        @{ Parameter = 'ConnectionId'; Set = '*'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'Table'; Set = '*'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'Draft'; Set = '*'; Form = 'SwitchParameter' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 New-FlowSource $parameters

Describe 'New-FlowSource' {
    It 'makes a source with the columns exactly as explored' {
        $source = New-FlowSource Made -ConnectionId $connection.Id -Table Weather -Description 'for tests'
        $source | Should -BeOfType 'AdxFlow.FlowSource'
        $source.Name | Should -BeExactly 'Made'
        $source.Description | Should -BeExactly 'for tests'
        $source.State | Should -BeExactly 'enabled'
        $source.Columns | Should -BeExactly 'Id', 'Degrees', 'At', 'Note'
        $source.ConnectionSpecId | Should -BeExactly '0479cc14-7651-4354-b233-7480606c2ac3'
    }

    It 'takes connection and table from the pipeline' {
        ($connection | Get-FlowTable -Table Weather | New-FlowSource Piped).Table | Should -BeExactly 'Weather'
    }

    It 'makes a draft' {
        (New-FlowSource Draft -ConnectionId $connection.Id -Table Weather -Draft).State | Should -BeExactly 'draft'
    }

    It 'makes nothing of a table that is not there' {
        $changes = Get-FlowChange { $script:failure = Get-Failure { New-FlowSource Missing -ConnectionId $connection.Id -Table NoSuchTable -ErrorAction Stop } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'Flow*,*'
        $failure.CategoryInfo.TargetName | Should -BeExactly 'Missing'
        $changes | Should -BeNullOrEmpty
    }

    It 'makes nothing over a connection that is not there' {
        $failure = Get-Failure { New-FlowSource Missing -ConnectionId 'no-such-id' -Table Weather -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'is an error that -ErrorAction decides about' {
        New-FlowSource Missing -ConnectionId 'no-such-id' -Table Weather -ErrorAction Ignore -ErrorVariable failures
        $failures | Should -BeNullOrEmpty
        New-FlowSource Missing -ConnectionId 'no-such-id' -Table Weather -ErrorAction Continue 2>&1 | Should -BeOfType 'System.Management.Automation.ErrorRecord'
    }
}
