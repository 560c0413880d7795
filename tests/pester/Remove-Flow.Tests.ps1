# Flows are deleted, on request with source and target, in the right order.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Recurse'; Set = '*'; Form = 'SwitchParameter' }
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

. $PSScriptRoot/ParameterCases.ps1 Remove-Flow $parameters

Describe 'Remove-Flow' {
    BeforeEach {
        Get-Flow | Remove-Flow -Recurse -Confirm:$false
        Get-FlowSource | Remove-FlowSource -Confirm:$false
        Get-FlowTarget | Remove-FlowTarget -Confirm:$false
        $flow = Add-WeatherFlow Leaving
    }

    It 'asks before it deletes, unless told otherwise' {
        (Get-Command Remove-Flow).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be 'High'
    }

    It 'deletes the flow and leaves its parts' {
        Remove-Flow $flow.Id -Confirm:$false *>&1 | Should -BeNullOrEmpty
        Get-Flow | Should -BeNullOrEmpty
        @(Get-FlowSource) | Should -HaveCount 1
        @(Get-FlowTarget) | Should -HaveCount 1
    }

    It 'deletes flow, source and target in this order with -Recurse' {
        $changes = Get-FlowChange { Get-Flow | Remove-Flow -Recurse -Confirm:$false }
        $changes | Should -BeExactly "DELETE /flows/$($flow.Id)", "DELETE /sourceConnections/$($flow.SourceId)", "DELETE /targetConnections/$($flow.TargetId)"
        Get-FlowSource | Should -BeNullOrEmpty
        (Get-FlowConnection ADX).Id | Should -BeExactly $connection.Id
        (Get-FlowDataset Weather).Id | Should -BeExactly $dataset.Id
    }

    It 'leaves a source that another flow uses, and says so' {
        $null = New-Flow Other -SourceId $flow.SourceId -TargetId $flow.TargetId -MappingId $mapping.Id
        (Get-Failure { Remove-Flow $flow.Id -Recurse -Confirm:$false -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowInUse,*'
        (Get-Flow).Name | Should -BeExactly 'Other'
    }

    It 'says of an id that there is none, and goes on with the next' {
        Remove-Flow 'no-such-id', $flow.Id -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        $failures[0].TargetObject | Should -BeExactly 'no-such-id'
        Get-Flow | Should -BeNullOrEmpty
    }

    It 'forgets the id for completion' {
        (TabExpansion2 'Remove-Flow Leav').CompletionMatches.CompletionText | Should -Contain $flow.Id
        Remove-Flow $flow.Id -Confirm:$false
        (TabExpansion2 'Remove-Flow Leav').CompletionMatches.CompletionText | Should -Not -Contain $flow.Id
    }
}
