# Sources are deleted once no flow uses them.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'SourceId'; Set = '*'; Form = 'String[], mandatory, position 0, by name' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Remove-FlowSource $parameters

. $PSScriptRoot/FlowEndRemovalCases.ps1 Source { New-FlowSource $args[0] -ConnectionId $connection.Id -Table Weather }
