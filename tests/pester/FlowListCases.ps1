# Dot-sourced by the suites inside of a block, with a cmdlet that shows things by name and id: what it says where there is none.
param([string] $Command, [string] $Parameter, [scriptblock] $KnownId)

Context 'where there is none' -ForEach @{ Command = $Command; Parameter = $Parameter; KnownId = $KnownId } {
    BeforeAll {
        $known = & $KnownId
        $missing = @{ $Parameter = 'no-such-id' }
        $both = @{ $Parameter = 'no-such-id', $known }
    }

    It 'says of an id that there is none, and goes on with the next' {
        $found = & $Command @both -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Id | Should -BeExactly $known
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -BeExactly 'no-such-id'
    }

    It 'honours -ErrorAction' {
        (Get-Failure { & $Command @both -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        & $Command @missing -ErrorAction Ignore -ErrorVariable failures
        $failures | Should -BeNullOrEmpty
        & $Command @missing -ErrorAction Continue 2>&1 | Should -BeOfType 'System.Management.Automation.ErrorRecord'
    }

    It 'says of a name that nothing has it, and nothing of a pattern' {
        (Get-Failure { & $Command 'No such name' -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        & $Command 'No such*' | Should -BeNullOrEmpty
    }

    It 'wants a session' {
        $session = Get-FlowSession
        $all = @(& $Command)
        Disconnect-Flow
        try {
            (Get-Failure { & $Command }).FullyQualifiedErrorId | Should -BeLike 'FlowNotConnected,*'
            @(& $Command -Session $session) | Should -HaveCount $all.Count
            $all | Should -Not -BeNullOrEmpty
        }
        finally {
            $null = Connect-Flow -Local
        }
    }
}
