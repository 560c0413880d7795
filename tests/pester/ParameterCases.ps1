# Dot-sourced by the suites outside of any block: each parameter of a cmdlet is as its declaration has it.
param([string] $Command, [hashtable[]] $Declared)

# One without a set is in all of them.
$cases = $Declared | ForEach-Object { @{ Parameter = $_.Parameter; Set = $_.Set ?? '*'; Form = $_.Form } }

Describe "The parameters of $Command" -ForEach @{ Command = $Command; Cases = $cases } {
    BeforeAll {
        . $PSScriptRoot/ParameterForm.ps1
    }

    It '<Parameter> of <Set> is: <Form>' -ForEach $Cases {
        Get-ParameterForm $Command $Parameter $Set | Should -BeExactly $Form
    }
}
