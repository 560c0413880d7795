# Flows that rest run by their schedule again.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'PassThru'; Set = '*'; Form = 'SwitchParameter' }
        @{ Parameter = 'FlowId'; Set = '*'; Form = 'String[], mandatory, position 0, by name' }
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

Describe 'The parameters of Enable-Flow' {
    It '<Parameter> of <Set> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Enable-Flow $Parameter $Set | Should -BeExactly $Form
    }
}

Describe 'Enable-Flow' {
    BeforeEach {
        Get-Flow | Remove-Flow -Confirm:$false
        $flow = Add-WeatherFlow Acting
        Disable-Flow $flow.Id
    }

    It 'does so, and writes nothing' {
        Enable-Flow $flow.Id *>&1 | Should -BeNullOrEmpty
        (Get-Flow Acting).State | Should -BeExactly 'enabled'
    }

    It 'writes the flow as it is afterwards with -PassThru' {
        (Get-Flow Acting | Enable-Flow -PassThru).State | Should -BeExactly 'enabled'
    }

    It 'is refused for one that is so already, with Adobe''s code' {
        Enable-Flow $flow.Id
        $failure = Get-Failure { Enable-Flow $flow.Id -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowInvalidState,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $failure.Exception.ServiceCode | Should -BeExactly 'FLOW-1422-400'
    }

    It 'says of an id that there is none, and goes on with the next' {
        Enable-Flow 'no-such-id', $flow.Id -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        (Get-Flow Acting).State | Should -BeExactly 'enabled'
    }
}
