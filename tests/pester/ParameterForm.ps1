# Dot-sourced by the suites: a parameter as its declaration has it, in one line that a test can compare.
function Get-ParameterForm([string] $Command, [string] $Parameter, [string] $Set) {
    $declared = (Get-Command $Command).Parameters[$Parameter]
    if ($null -eq $declared) {
        return 'none'
    }
    $in = $declared.ParameterSets[$Set] ?? $declared.ParameterSets['__AllParameterSets']
    if ($null -eq $in) {
        return 'not in this set'
    }
    $form = @($declared.ParameterType.Name -replace 'Nullable`1', [System.Nullable]::GetUnderlyingType($declared.ParameterType)?.Name)
    if ($in.IsMandatory) { $form += 'mandatory' }
    if ($in.Position -ge 0) { $form += "position $($in.Position)" }
    if ($in.ValueFromPipeline) { $form += 'from pipeline' }
    if ($in.ValueFromPipelineByPropertyName) { $form += 'by name' }
    $form -join ', '
}
