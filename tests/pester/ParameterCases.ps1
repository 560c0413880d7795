# Dot-sourced by the suites outside of any block: each parameter of a cmdlet is as its declaration has it.
param([string] $Command, [hashtable[]] $Declared)

Describe "The parameters of $Command" -ForEach @{ Command = $Command; Declared = $Declared } {
    BeforeAll {
        . $PSScriptRoot/ParameterForm.ps1
    }

    It '<Parameter> of <Set> is: <Form>' -ForEach $Declared {
        Get-ParameterForm $Command $Parameter $Set | Should -BeExactly $Form
    }
}
