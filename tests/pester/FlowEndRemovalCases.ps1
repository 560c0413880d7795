# Dot-sourced by the suites of the cmdlets that delete sources and targets.
# Kind is Source or Target; Make makes one of the name that it gets.
param([string] $Kind, [scriptblock] $Make)

Describe "Remove-Flow$Kind" -ForEach @{ Remove = "Remove-Flow$Kind"; Get = "Get-Flow$Kind"; Id = "${Kind}Id"; Make = $Make } {
    It 'asks before it deletes, unless told otherwise' {
        (Get-Command $Remove).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be 'High'
    }

    It 'deletes one and writes nothing' {
        $made = & $Make 'Made end'
        & $Remove $made.Id -Confirm:$false *>&1 | Should -BeNullOrEmpty
        & $Get 'Made*' | Should -BeNullOrEmpty
    }

    It 'deletes what is piped in' {
        $null = & $Make 'Made end'
        & $Get 'Made*' | & $Remove -Confirm:$false
        & $Get 'Made*' | Should -BeNullOrEmpty
    }

    It 'leaves one that a flow uses, and says so' {
        $flow = Add-WeatherFlow Using
        $used = @{ $Id = $flow.$Id }
        $failure = Get-Failure { & $Remove @used -Confirm:$false -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowInUse,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $failure.Exception.ServiceCode | Should -BeExactly 'FLOW-1447-400'
        (& $Get @used).Id | Should -BeExactly $flow.$Id
        $flow | Remove-Flow -Recurse -Confirm:$false
    }

    It 'says of an id that there is none, and goes on with the next' {
        $made = & $Make 'Made end'
        & $Remove 'no-such-id', $made.Id -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        & $Get 'Made*' | Should -BeNullOrEmpty
    }

    It 'refuses what is no id before anything is sent' {
        Get-FlowChange { $script:failure = Get-Failure { & $Remove '..' -Confirm:$false } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowInvalidArgument,*'
    }

    It 'forgets the id for completion' {
        $made = & $Make 'Made end'
        (TabExpansion2 "$Get -$Id Made").CompletionMatches.CompletionText | Should -BeExactly $made.Id
        & $Remove $made.Id -Confirm:$false
        (TabExpansion2 "$Get -$Id Made").CompletionMatches.CompletionText | Should -Not -Contain $made.Id
    }
}
