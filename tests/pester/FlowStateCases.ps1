# Dot-sourced by the suites of the cmdlets that bring flows into a state. Prepare gets the id of an enabled flow, and brings it into the other one.
param([string] $Command, [string] $State, [scriptblock] $Prepare)

Describe "$Command" -ForEach @{ Command = $Command; State = $State; Prepare = $Prepare } {
    BeforeEach {
        Get-Flow | Remove-Flow -Confirm:$false
        $flow = Add-WeatherFlow Acting
        & $Prepare $flow.Id
    }

    It 'does so, and writes nothing' {
        & $Command $flow.Id *>&1 | Should -BeNullOrEmpty
        (Get-Flow Acting).State | Should -BeExactly $State
    }

    It 'writes the flow as it is afterwards with -PassThru' {
        (Get-Flow Acting | & $Command -PassThru).State | Should -BeExactly $State
    }

    It 'is refused for one that is so already, with Adobe''s code' {
        & $Command $flow.Id
        $failure = Get-Failure { & $Command $flow.Id -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowInvalidState,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $failure.Exception.ServiceCode | Should -BeExactly 'FLOW-1422-400'
    }

    It 'says of an id that there is none, and goes on with the next' {
        & $Command 'no-such-id', $flow.Id -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        (Get-Flow Acting).State | Should -BeExactly $State
    }
}
