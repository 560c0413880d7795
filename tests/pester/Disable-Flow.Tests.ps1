# The schedule of flows is stopped.

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

Describe 'The parameters of Disable-Flow' {
    It '<Parameter> of <Set> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Disable-Flow $Parameter $Set | Should -BeExactly $Form
    }
}

Describe 'Disable-Flow' {
    BeforeEach {
        Get-Flow | Remove-Flow -Confirm:$false
        $flow = Add-WeatherFlow Acting
    }

    It 'does so, and writes nothing' {
        Disable-Flow $flow.Id *>&1 | Should -BeNullOrEmpty
        (Get-Flow Acting).State | Should -BeExactly 'disabled'
    }

    It 'writes the flow as it is afterwards with -PassThru' {
        (Get-Flow Acting | Disable-Flow -PassThru).State | Should -BeExactly 'disabled'
    }

    It 'is refused for one that is so already, with Adobe''s code' {
        Disable-Flow $flow.Id
        $failure = Get-Failure { Disable-Flow $flow.Id -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowInvalidState,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $failure.Exception.ServiceCode | Should -BeExactly 'FLOW-1422-400'
    }

    It 'says of an id that there is none, and goes on with the next' {
        Disable-Flow 'no-such-id', $flow.Id -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        (Get-Flow Acting).State | Should -BeExactly 'disabled'
    }
}
