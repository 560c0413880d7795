# Dot-sourced by the suites of the cmdlets that forget a connection or session, outside of any block.
# Kind is Adx or Flow; Show gives the one in force, Next needs one.
param([string] $Kind, [scriptblock] $Show, [scriptblock] $Next)

Describe "Disconnect-$Kind" -ForEach @{ Kind = $Kind; Connect = "Connect-$Kind"; Disconnect = "Disconnect-$Kind"; Show = $Show; Next = $Next } {
    It 'forgets the default one, without output' {
        $null = & $Connect -Local
        & $Disconnect *>&1 | Should -BeNullOrEmpty
        & $Show | Should -BeNullOrEmpty
    }

    It 'is no error where there is none' {
        & $Disconnect
        { & $Disconnect -ErrorAction Stop } | Should -Not -Throw
    }

    It 'makes the next cmdlet say what is missing' {
        & $Disconnect
        $failure = Get-Failure $Next
        $failure.FullyQualifiedErrorId | Should -BeLike "${Kind}NotConnected,*"
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike "*$Connect*"
    }

    It 'forgets nothing with -WhatIf' {
        $made = & $Connect -Local
        & $Disconnect -WhatIf
        & $Show | Should -Be $made
    }

    It 'sends nothing' {
        $null = & $Connect -Local
        Get-LocalRequest { & $Disconnect } | Should -BeNullOrEmpty
    }
}
