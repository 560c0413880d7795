# Targets are deleted once no flow uses them.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'TargetId'; Set = '*'; Form = 'String[], mandatory, position 0, by name' }
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

Describe 'The parameters of Remove-FlowTarget' {
    It '<Parameter> of <Set> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Remove-FlowTarget $Parameter $Set | Should -BeExactly $Form
    }
}

Describe 'Remove-FlowTarget' {
    It 'asks before it deletes, unless told otherwise' {
        (Get-Command Remove-FlowTarget).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be 'High'
    }

    It 'deletes one and writes nothing' {
        $made = New-FlowTarget 'Made target' -DatasetId $dataset.Id
        Remove-FlowTarget $made.Id -Confirm:$false *>&1 | Should -BeNullOrEmpty
        Get-FlowTarget 'Made*' | Should -BeNullOrEmpty
    }

    It 'deletes what is piped in' {
        $null = New-FlowTarget 'Made target' -DatasetId $dataset.Id
        Get-FlowTarget 'Made*' | Remove-FlowTarget -Confirm:$false
        Get-FlowTarget 'Made*' | Should -BeNullOrEmpty
    }

    It 'leaves one that a flow uses, and says so' {
        $flow = Add-WeatherFlow Using
        $failure = Get-Failure { Remove-FlowTarget $flow.TargetId -Confirm:$false -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowInUse,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $failure.Exception.ServiceCode | Should -BeExactly 'FLOW-1447-400'
        (Get-FlowTarget -TargetId $flow.TargetId).Id | Should -BeExactly $flow.TargetId
        $flow | Remove-Flow -Recurse -Confirm:$false
    }

    It 'says of an id that there is none, and goes on with the next' {
        $made = New-FlowTarget 'Made target' -DatasetId $dataset.Id
        Remove-FlowTarget 'no-such-id', $made.Id -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        Get-FlowTarget 'Made*' | Should -BeNullOrEmpty
    }

    It 'refuses what is no id before anything is sent' {
        Get-FlowChange { $script:failure = Get-Failure { Remove-FlowTarget '..' -Confirm:$false } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowInvalidArgument,*'
    }

    It 'forgets the id for completion' {
        $made = New-FlowTarget 'Made target' -DatasetId $dataset.Id
        (TabExpansion2 'Get-FlowTarget -TargetId Made').CompletionMatches.CompletionText | Should -BeExactly $made.Id
        Remove-FlowTarget $made.Id -Confirm:$false
        (TabExpansion2 'Get-FlowTarget -TargetId Made').CompletionMatches.CompletionText | Should -Not -Contain $made.Id
    }
}
