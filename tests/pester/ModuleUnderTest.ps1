# Dot-sourced by the suites: says which module to test. The xunit host gives them a private build; by hand it is the one
# that ./build.ps1 has made.
$root = [System.IO.Path]::GetFullPath("$PSScriptRoot/../..")
$version = (Import-PowerShellDataFile "$root/AdxFlow.psd1").ModuleVersion
$ModuleManifest = $env:ADXFLOW_TEST_MODULE ?? "$root/output/AdxFlow/$version/AdxFlow.psd1"
$CloneManifest = $env:ADXFLOW_TEST_CLONE ?? "$root/AdxFlow.psd1"
if (-not (Test-Path $ModuleManifest)) {
    throw "There is no module to test at ${ModuleManifest}: run ./build.ps1 first."
}
