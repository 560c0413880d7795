# Loads AdxFlow.Loader.dll, which loads everything else into a load context of its own, and imports the cmdlets from there.
# No Add-Type and no command look-up: either would load Microsoft.PowerShell.Utility and cost more than all the rest.

$ErrorActionPreference = 'Stop'

$root = [System.IO.Path]::GetDirectoryName($PSScriptRoot)
$bin = [System.IO.Path]::Combine($root, 'bin')
if (-not [System.IO.Directory]::Exists($bin)) {
    # A clone: the manifest lies at the root, the assemblies where build.ps1 puts them.
    $manifest = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, 'AdxFlow.psd1'))
    $version = [regex]::Match($manifest, "ModuleVersion\s*=\s*'([0-9.]+)'").Groups[1].Value
    $bin = [System.IO.Path]::Combine($root, 'output', 'AdxFlow', $version, 'bin')
}
$loader = [System.IO.Path]::Combine($bin, 'AdxFlow.Loader.dll')
if (-not [System.IO.File]::Exists($loader)) {
    throw 'AdxFlow is not built: run ./build.ps1 first.'
}

$loaded = try { [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath($loader) } catch [System.IO.FileLoadException] { $null }
if ($null -eq $loaded -or $loaded.Location -ne $loader) {
    throw "Another AdxFlow is already loaded in this process. Start a new PowerShell to import the one in '$root'."
}

$imported = Microsoft.PowerShell.Core\Import-Module -Assembly ([AdxFlow.Loader.LoadContext]::Initialize()) -PassThru

# PowerShell does not unload the modules that a module imported from an assembly, and would take them for imported the
# next time, exporting nothing (PowerShell issue 20710). So they go when this module goes.
$ExecutionContext.SessionState.Module.OnRemove = {
    Microsoft.PowerShell.Core\Remove-Module -ModuleInfo $imported -Force
}.GetNewClosure()
