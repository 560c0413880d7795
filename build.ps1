#requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests, measures and packages the AdxFlow module.
.DESCRIPTION
    Build     puts an importable module under output/AdxFlow/<version>; Import-Module ./AdxFlow.psd1 from the clone uses it too.
    Test      runs dotnet test: the xunit suites, and Pester where it is installed.
    Bench     builds a Release and runs bench/run.ps1.
    Package   builds a Release and writes output/AdxFlow.<version>.zip, to be unpacked into a folder of PSModulePath.
    Clean     removes what the other tasks made.

    The .NET SDK is all it needs. With the module Microsoft.PowerShell.PlatyPS installed, Get-Help finds the pages of docs/.
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 Test
#>
[CmdletBinding()]
[System.Diagnostics.CodeAnalysis.SuppressMessage('PSReviewUnusedParameter', 'NoBuild', Justification = 'Invoke-Build uses it.')]
param(
    # What to do.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Bench', 'Package', 'Clean')]
    [string] $Task = 'Build',

    # The configuration to build. A Debug module carries the symbols of its own assemblies.
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # Where the module goes: into AdxFlow/<version> below this folder.
    [string] $OutputPath = (Join-Path $PSScriptRoot 'output'),

    # Assembles the module from what dotnet build has left, without compiling.
    [switch] $NoBuild
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot 'AdxFlow.psd1')
$version = $manifest.ModuleVersion
$OutputPath = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputPath)
$moduleFolder = Join-Path $OutputPath "AdxFlow/$version"

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE."
    }
}

# What the module consists of: target path in the module -> source file.
function Get-ModuleContent {
    $content = @{}
    foreach ($file in 'AdxFlow.psd1', 'LICENSE', 'CHANGELOG.md') {
        if (Test-Path "$PSScriptRoot/$file") { $content[$file] = "$PSScriptRoot/$file" }
    }
    foreach ($file in Get-ChildItem "$PSScriptRoot/module" -File) {
        $content["module/$($file.Name)"] = $file.FullName
    }

    # PowerShell brings ProtectedData on every platform, the one beside the assembly works on none but Windows' own folder.
    $provided = 'System.Security.Cryptography.ProtectedData.dll'
    foreach ($project in 'AdxFlow.PowerShell', 'AdxFlow.Loader') {
        $binaries = "$PSScriptRoot/src/$project/bin/$Configuration/net8.0"
        if (-not (Test-Path "$binaries/$project.dll")) {
            throw "$project is not compiled in configuration ${Configuration}: leave out -NoBuild."
        }
        foreach ($file in Get-ChildItem $binaries -File) {
            $isSymbols = $file.Name -like 'AdxFlow.*.pdb' -and $Configuration -eq 'Debug'
            if (($file.Extension -eq '.dll' -and $file.Name -ne $provided) -or $isSymbols) {
                $content["bin/$($file.Name)"] = $file.FullName
            }
        }
    }

    # Get-Help shows about_ pages as plain text. It finds what lies beside the cmdlet assembly, also when the module is
    # imported by the manifest of the clone.
    foreach ($file in Get-ChildItem "$PSScriptRoot/docs" -Filter 'about_*.md' -File -ErrorAction Ignore) {
        $content["bin/en-US/$($file.BaseName).help.txt"] = $file.FullName
    }
    $content
}

# Makes the folder hold exactly the content, leaving alone what is up to date.
function Sync-Module([hashtable] $Content, [string[]] $Generated) {
    foreach ($target in $Content.Keys) {
        $source = Get-Item -LiteralPath $Content[$target]
        $path = Join-Path $moduleFolder $target
        $present = Get-Item -LiteralPath $path -ErrorAction Ignore
        if (-not $present -or $present.Length -ne $source.Length -or $present.LastWriteTimeUtc -ne $source.LastWriteTimeUtc) {
            $null = New-Item -ItemType Directory -Path (Split-Path $path) -Force
            Copy-Item -LiteralPath $source.FullName -Destination $path -Force
        }
    }
    foreach ($file in Get-ChildItem $moduleFolder -File -Recurse) {
        $target = [System.IO.Path]::GetRelativePath($moduleFolder, $file.FullName).Replace('\', '/')
        if (-not $Content.ContainsKey($target) -and $target -notin $Generated) {
            Remove-Item -LiteralPath $file.FullName
        }
    }
}

# Puts right what PlatyPS leaves out of the help, or makes of it: default values are missing, and links between pages lead
# nowhere from a console.
function Repair-Help([xml] $Help, [object[]] $Page) {
    $names = [System.Xml.XmlNamespaceManager]::new($Help.NameTable)
    $names.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
    $names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
    $names.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')
    foreach ($command in $Help.SelectNodes('//command:command', $names)) {
        $name = $command.SelectSingleNode('command:details/command:name', $names).InnerText
        $parameters = ($Page | Where-Object Title -EQ $name).Parameters
        foreach ($parameter in $command.SelectNodes('command:parameters/command:parameter', $names)) {
            $default = ($parameters | Where-Object Name -EQ $parameter.SelectSingleNode('maml:name', $names).InnerText).DefaultValue
            if ($default) {
                $element = $Help.CreateElement('dev', 'defaultValue', $names.LookupNamespace('dev'))
                $element.InnerText = $default
                $null = $parameter.AppendChild($element)
            }
        }
        foreach ($link in $command.SelectNodes('.//maml:navigationLink', $names)) {
            $uri = $link.SelectSingleNode('maml:uri', $names)
            if ($uri -and -not $uri.InnerText) {
                $null = $link.ParentNode.RemoveChild($link)
            }
            elseif ($uri -and $uri.InnerText -notlike 'https:*') {
                $null = $link.RemoveChild($uri)
            }
        }
    }
    $Help
}

# Builds the help of the cmdlets from their pages, when a page, or how it is built, is newer than it.
function Build-Help([string] $Target) {
    $pages = @($manifest.CmdletsToExport | ForEach-Object { "$PSScriptRoot/docs/$_.md" } | Where-Object { Test-Path $_ } | Get-Item)
    if ($pages.Count -eq 0) {
        Write-Host 'No cmdlet pages in docs/: the module has no help file.'
        return
    }
    if (-not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)) {
        Write-Host 'Microsoft.PowerShell.PlatyPS is not installed: the module has no help file, and Get-Help shows the syntax only.'
        return
    }
    $path = Join-Path $moduleFolder $Target
    $present = Get-Item -LiteralPath $path -ErrorAction Ignore
    if ($present -and -not (@($pages) + (Get-Item $PSCommandPath) | Where-Object LastWriteTimeUtc -GT $present.LastWriteTimeUtc)) {
        return
    }
    Import-Module Microsoft.PowerShell.PlatyPS
    $scratch = Join-Path ([System.IO.Path]::GetTempPath()) ([System.IO.Path]::GetRandomFileName())
    try {
        $commands = @(Import-MarkdownCommandHelp -Path $pages.FullName)
        $exported = @($commands | Export-MamlCommandHelp -OutputFolder $scratch)
        if ($exported.Count -ne 1) {
            throw "The cmdlet pages name $($exported.Count) help files instead of one: $($exported.Name -join ', ')."
        }
        $null = New-Item -ItemType Directory -Path (Split-Path $path) -Force
        # A console shows the fences of an example as text.
        $help = [xml]::new()
        $help.PreserveWhitespace = $true
        $help.LoadXml(((Get-Content -LiteralPath $exported[0].FullName -Raw) -replace '(?m)```powershell\s*$\r?\n?|\r?\n?^\s*```(?=</)'))
        (Repair-Help $help $commands).Save($path)
    }
    finally {
        Remove-Item -LiteralPath $scratch -Recurse -Force -ErrorAction Ignore
    }
}

function Invoke-Build {
    if (-not $NoBuild) {
        Invoke-DotNet build "$PSScriptRoot/src/AdxFlow.PowerShell" --configuration $Configuration --nologo --verbosity quiet
    }
    $help = 'bin/en-US/AdxFlow.PowerShell.dll-Help.xml'
    Sync-Module (Get-ModuleContent) -Generated $help
    Build-Help $help
    Write-Host "AdxFlow $version ($Configuration) is in $moduleFolder"
}

function Invoke-Test {
    Invoke-DotNet test $PSScriptRoot --configuration $Configuration
}

function Invoke-Bench {
    Invoke-Build
    & (Join-Path $PSScriptRoot 'bench/run.ps1')
}

# The same module gives the same archive, byte for byte: sorted entries, one fixed time.
function Invoke-Package {
    Invoke-Build
    $archive = Join-Path $OutputPath "AdxFlow.$version.zip"
    $time = [System.DateTimeOffset]::new(2000, 1, 1, 0, 0, 0, [timespan]::Zero)
    $files = @(Get-ChildItem $moduleFolder -File -Recurse | Where-Object Extension -NE '.pdb')
    $names = @($files | ForEach-Object { [System.IO.Path]::GetRelativePath($OutputPath, $_.FullName).Replace('\', '/') })
    [array]::Sort($names, [System.StringComparer]::Ordinal)
    $stream = [System.IO.File]::Create($archive)
    try {
        $zip = [System.IO.Compression.ZipArchive]::new($stream, [System.IO.Compression.ZipArchiveMode]::Create)
        foreach ($name in $names) {
            $entry = $zip.CreateEntry($name, [System.IO.Compression.CompressionLevel]::SmallestSize)
            $entry.LastWriteTime = $time
            $content = $entry.Open()
            $bytes = [System.IO.File]::ReadAllBytes((Join-Path $OutputPath $name))
            $content.Write($bytes, 0, $bytes.Length)
            $content.Dispose()
        }
        $zip.Dispose()
    }
    finally {
        $stream.Dispose()
    }
    Write-Host "$archive ($($names.Count) files)"
}

function Invoke-Clean {
    $projects = Get-ChildItem "$PSScriptRoot/*/*" -Include *.csproj -Recurse | Split-Path
    $made = @("$OutputPath/AdxFlow", "$OutputPath/AdxFlow.$version.zip") + @($projects | ForEach-Object { "$_/bin", "$_/obj" })
    $made | Where-Object { Test-Path -LiteralPath $_ } | Remove-Item -Recurse -Force
}

if ($Task -in 'Bench', 'Package' -and $Configuration -ne 'Release') {
    throw "$Task takes a Release build."
}
& "Invoke-$Task"
