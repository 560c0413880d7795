# Targets are deleted once no flow uses them.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'TargetId'; Set = '*'; Form = 'String[], mandatory, position 0, by name' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Remove-FlowTarget $parameters

. $PSScriptRoot/FlowEndRemovalCases.ps1 Target { New-FlowTarget $args[0] -DatasetId $dataset.Id }
