# Flow specifications: what may be joined to what.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Set = '*'; Form = 'String[], position 0' }
        @{ Parameter = 'FlowSpecId'; Set = '*'; Form = 'String[], by name' }
        @{ Parameter = 'ConnectionSpecId'; Set = '*'; Form = 'String' }
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

Describe 'The parameters of Get-FlowSpec' {
    It '<Parameter> of <Set> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Get-FlowSpec $Parameter $Set | Should -BeExactly $Form
    }
}

Describe 'Get-FlowSpec' {
    It 'tells what flows from databases may do' {
        $spec = Get-FlowSpec crmtoaep
        $spec | Should -BeOfType 'AdxFlow.FlowSpec'
        $spec.Id | Should -BeExactly '14518937-270c-4525-bdec-c2ba7cce3860'
        $spec.FlowSpecId | Should -BeExactly $spec.Id
        $spec.Version | Should -BeExactly '1.0'
        $spec.Frequencies | Should -BeExactly 'once', 'minute', 'hour', 'day', 'week'
        $spec.SourceSpecIds | Should -Contain '0479cc14-7651-4354-b233-7480606c2ac3'
        $spec.TargetSpecIds | Should -Contain 'c604ff05-7f1a-43c0-8e18-33bf874cb11c'
        $spec.IsSource | Should -BeTrue
        $spec.IsDraftSupported | Should -BeTrue
    }

    It 'finds those of a connector, and that of a flow' {
        (Get-FlowSpec -ConnectionSpecId '0479cc14-7651-4354-b233-7480606c2ac3').Name | Should -Contain 'CRMToAEP'
        Get-FlowSpec -ConnectionSpecId 'another' | Should -BeNullOrEmpty
        (Add-WeatherFlow Specified | Get-FlowSpec).Name | Should -BeExactly 'CRMToAEP'
    }

    It 'says of an id that there is none, and goes on with the next' {
        $found = Get-FlowSpec -FlowSpecId 'no-such-id', '14518937-270c-4525-bdec-c2ba7cce3860' -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Id | Should -BeExactly '14518937-270c-4525-bdec-c2ba7cce3860'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -BeExactly 'no-such-id'
    }

    It 'honours -ErrorAction' {
        (Get-Failure { Get-FlowSpec -FlowSpecId 'no-such-id', '14518937-270c-4525-bdec-c2ba7cce3860' -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        Get-FlowSpec -FlowSpecId 'no-such-id' -ErrorAction Ignore -ErrorVariable failures
        $failures | Should -BeNullOrEmpty
        Get-FlowSpec -FlowSpecId 'no-such-id' -ErrorAction Continue 2>&1 | Should -BeOfType 'System.Management.Automation.ErrorRecord'
    }

    It 'says of a name that nothing has it, and nothing of a pattern' {
        (Get-Failure { Get-FlowSpec 'No such name' -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        Get-FlowSpec 'No such*' | Should -BeNullOrEmpty
    }
}
