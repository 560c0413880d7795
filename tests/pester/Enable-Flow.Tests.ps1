# Flows that rest run by their schedule again.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'PassThru'; Set = '*'; Form = 'SwitchParameter' }
        @{ Parameter = 'FlowId'; Set = '*'; Form = 'String[], mandatory, position 0, by name' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Enable-Flow $parameters

. $PSScriptRoot/FlowStateCases.ps1 Enable-Flow enabled { Disable-Flow $args[0] }
