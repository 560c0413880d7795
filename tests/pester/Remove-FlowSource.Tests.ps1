# Sources are deleted once no flow uses them.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'SourceId'; Set = '*'; Form = 'String[], mandatory, position 0, by name' }
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

Describe 'The parameters of Remove-FlowSource' {
    It '<Parameter> of <Set> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Remove-FlowSource $Parameter $Set | Should -BeExactly $Form
    }
}

Describe 'Remove-FlowSource' {
    It 'asks before it deletes, unless told otherwise' {
        (Get-Command Remove-FlowSource).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be 'High'
    }

    It 'deletes one and writes nothing' {
        $made = New-FlowSource 'Made source' -ConnectionId $connection.Id -Table Weather
        Remove-FlowSource $made.Id -Confirm:$false *>&1 | Should -BeNullOrEmpty
        Get-FlowSource 'Made*' | Should -BeNullOrEmpty
    }

    It 'deletes what is piped in' {
        $null = New-FlowSource 'Made source' -ConnectionId $connection.Id -Table Weather
        Get-FlowSource 'Made*' | Remove-FlowSource -Confirm:$false
        Get-FlowSource 'Made*' | Should -BeNullOrEmpty
    }

    It 'leaves one that a flow uses, and says so' {
        $flow = Add-WeatherFlow Using
        $failure = Get-Failure { Remove-FlowSource $flow.SourceId -Confirm:$false -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowInUse,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $failure.Exception.ServiceCode | Should -BeExactly 'FLOW-1447-400'
        (Get-FlowSource -SourceId $flow.SourceId).Id | Should -BeExactly $flow.SourceId
        $flow | Remove-Flow -Recurse -Confirm:$false
    }

    It 'says of an id that there is none, and goes on with the next' {
        $made = New-FlowSource 'Made source' -ConnectionId $connection.Id -Table Weather
        Remove-FlowSource 'no-such-id', $made.Id -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        Get-FlowSource 'Made*' | Should -BeNullOrEmpty
    }

    It 'refuses what is no id before anything is sent' {
        Get-FlowChange { $script:failure = Get-Failure { Remove-FlowSource '..' -Confirm:$false } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowInvalidArgument,*'
    }

    It 'forgets the id for completion' {
        $made = New-FlowSource 'Made source' -ConnectionId $connection.Id -Table Weather
        (TabExpansion2 'Get-FlowSource -SourceId Made').CompletionMatches.CompletionText | Should -BeExactly $made.Id
        Remove-FlowSource $made.Id -Confirm:$false
        (TabExpansion2 'Get-FlowSource -SourceId Made').CompletionMatches.CompletionText | Should -Not -Contain $made.Id
    }
}
