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
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Get-FlowSpec $parameters

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

    . $PSScriptRoot/FlowListCases.ps1 Get-FlowSpec FlowSpecId { '14518937-270c-4525-bdec-c2ba7cce3860' }
}
