# The schedule of flows is stopped.

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

. $PSScriptRoot/ParameterCases.ps1 Disable-Flow $parameters

. $PSScriptRoot/FlowStateCases.ps1 Disable-Flow disabled { }
