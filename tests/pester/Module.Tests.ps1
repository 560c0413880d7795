# How the module loads: what it exports, that it keeps to itself, that it can come and go.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    $exports = (Import-PowerShellDataFile $ModuleManifest).CmdletsToExport
    $layouts = @(
        @{ Layout = 'the built module'; Manifest = $ModuleManifest }
        @{ Layout = 'the clone'; Manifest = $CloneManifest }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1

    # Runs a script in a PowerShell of its own, where no other test has loaded anything, and returns its output.
    function Invoke-InNewProcess([scriptblock] $Script, [object[]] $ArgumentList = @($ModuleManifest)) {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
        Set-Content -LiteralPath $path -Value "`$ErrorActionPreference = 'Stop'`n& {$Script} @args"
        $output = & pwsh -NoProfile -NonInteractive -File $path @ArgumentList 2>&1
        if ($LASTEXITCODE -ne 0) {
            throw "The process ended with exit code ${LASTEXITCODE}: $($output | Out-String)"
        }
        $output
    }
}

Describe 'The manifest' {
    It 'is valid' {
        $info = Test-ModuleManifest $ModuleManifest -ErrorAction Stop
        $info.Name | Should -Be 'AdxFlow'
        $info.Description | Should -Not -BeNullOrEmpty
        $info.PowerShellVersion | Should -Be '7.4'
    }

    It 'carries the version of the assemblies' {
        $manifest = Import-PowerShellDataFile $ModuleManifest
        $assembly = [System.Reflection.AssemblyName]::GetAssemblyName("$(Split-Path $ModuleManifest)/bin/AdxFlow.PowerShell.dll")
        $assembly.Version.ToString(3) | Should -Be $manifest.ModuleVersion
    }
}

Describe 'The built module' {
    It 'holds nothing that PowerShell provides, and no leftovers of the compiler' {
        $files = (Get-ChildItem (Split-Path $ModuleManifest) -Recurse -File).Name
        $files | Should -Not -Contain 'System.Management.Automation.dll'
        $files | Where-Object { $_ -like '*.deps.json' -or $_ -like '*.xml' -and $_ -notlike '*-Help.xml' } | Should -BeNullOrEmpty
    }
}

Describe 'Importing <Layout>' -ForEach $layouts {
    It 'exports exactly the cmdlets of the manifest' {
        $names = Invoke-InNewProcess -ArgumentList $Manifest {
            param($Manifest)
            Import-Module $Manifest
            (Get-Module AdxFlow).ExportedCommands.Values | ForEach-Object { "$($_.CommandType) $($_.Name)" }
        }
        $expected = (Import-PowerShellDataFile $Manifest).CmdletsToExport | ForEach-Object { "Cmdlet $_" }
        @($names | Sort-Object) | Should -Be @($expected | Sort-Object)
    }

    It 'keeps the commands over Import-Module -Force, Remove-Module and another import' {
        $counts = Invoke-InNewProcess -ArgumentList $Manifest {
            param($Manifest)
            Import-Module $Manifest
            @(Get-Command -Module AdxFlow).Count
            Import-Module $Manifest -Force
            @(Get-Command -Module AdxFlow).Count
            Remove-Module AdxFlow
            Import-Module $Manifest
            @(Get-Command -Module AdxFlow).Count
        }
        $counts[0] | Should -BeGreaterThan 0
        $counts[1] | Should -Be $counts[0]
        $counts[2] | Should -Be $counts[0]
    }

    It 'lets scripts name its types, also after Import-Module -Force' {
        Invoke-InNewProcess -ArgumentList $Manifest {
            param($Manifest)
            Import-Module $Manifest
            Import-Module $Manifest -Force
            function Test-Parameter([AdxFlow.AdxConnection] $Connection) { $null -eq $Connection }
            [AdxFlow.AdxConnection].Assembly.GetName().Name
            Test-Parameter
        } | Should -Be 'AdxFlow.Core', 'True'
    }
}

Describe 'The cmdlet <_>' -ForEach $exports {
    BeforeAll {
        Import-Module $ModuleManifest
    }

    It 'belongs to the module and says what it emits' {
        $command = Get-Command $_ -Module AdxFlow -ErrorAction Stop
        $command.ModuleName | Should -Be 'AdxFlow'
        $command.ImplementingType.GetCustomAttributes([System.Management.Automation.OutputTypeAttribute], $false) |
            Should -Not -BeNullOrEmpty -Because 'OutputType is what completion and readers go by'
    }
}

Describe 'The load context' {
    It 'holds the module, and the default context nothing but the loader' {
        $contexts = Invoke-InNewProcess {
            param($Manifest)
            Import-Module $Manifest
            foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
                foreach ($assembly in $context.Assemblies) { "$($context.Name) $($assembly.GetName().Name)" }
            }
        }
        $contexts | Should -Contain 'AdxFlow AdxFlow.PowerShell'
        $contexts | Should -Contain 'AdxFlow AdxFlow.Core'
        $contexts | Where-Object { $_ -match '^Default (AdxFlow|Azure|Microsoft\.Identity)' } | Should -Be 'Default AdxFlow.Loader'
    }

    It 'loads no dependency before it is needed, nor PowerShell''s utility module' {
        $loaded = Invoke-InNewProcess {
            param($Manifest)
            Import-Module $Manifest
            Get-Module -All | ForEach-Object Name
            [System.AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name }
        }
        $loaded | Should -Contain 'AdxFlow'
        $loaded | Should -Not -Contain 'Microsoft.PowerShell.Utility'
        $loaded | Should -Not -Contain 'Azure.Core'
    }

    It 'serves many runspaces at once' {
        $results = Invoke-InNewProcess {
            param($Manifest)
            $results = 1..6 | ForEach-Object -ThrottleLimit 6 -Parallel {
                Import-Module $using:Manifest
                "$([AdxFlow.AdxConnection].Name) $(@(Get-Command -Module AdxFlow).Count)"
                Remove-Module AdxFlow
            }
            $results
            @([System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ 'AdxFlow').Count
        }
        $results | Should -HaveCount 7
        $results[0..5] | Select-Object -Unique | Should -Be "AdxConnection $((Import-PowerShellDataFile $ModuleManifest).CmdletsToExport.Count)"
        $results[6] | Should -Be 1
    }

    It 'makes every public type of AdxFlow known by name' {
        Import-Module $ModuleManifest
        $context = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ 'AdxFlow'
        $types = @($context.Assemblies | Where-Object { $_.GetName().Name -like 'AdxFlow.*' } | ForEach-Object GetExportedTypes |
                Where-Object Namespace -EQ 'AdxFlow')
        $types.Count | Should -BeGreaterThan 0
        $types | Where-Object { $_ -ne ($_.FullName -as [type]) } | Should -BeNullOrEmpty
    }

    It 'refuses a second copy of the module in the same process' {
        $copy = Join-Path $TestDrive 'copy/AdxFlow'
        Copy-Item (Split-Path $ModuleManifest) $copy -Recurse
        Invoke-InNewProcess -ArgumentList $ModuleManifest, "$copy/AdxFlow.psd1" {
            param($Manifest, $Copy)
            Import-Module $Manifest
            try { Import-Module $Copy } catch { $_.Exception.Message }
        } | Should -BeLike 'Another AdxFlow is already loaded in this process.*'
    }
}

Describe 'Removing the module' {
    It 'leaves no command, no module and no name behind' {
        Invoke-InNewProcess {
            param($Manifest)
            Import-Module $Manifest
            Remove-Module AdxFlow
            Get-Module -All | Where-Object Name -Match 'AdxFlow' | ForEach-Object Name
            Get-Command -Name Connect-Adx -ListImported -ErrorAction Ignore | ForEach-Object Name
            'AdxFlow.AdxConnection' -as [type] | ForEach-Object FullName
            'end'
        } | Should -Be 'end'
    }
}

Describe 'A module that is not built' {
    It 'says so' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'clone')
        Copy-Item $CloneManifest, "$(Split-Path $CloneManifest)/module" $folder -Recurse
        Invoke-InNewProcess -ArgumentList "$folder/AdxFlow.psd1" {
            param($Manifest)
            try { Import-Module $Manifest } catch { $_.Exception.Message }
        } | Should -Be 'AdxFlow is not built: run ./build.ps1 first.'
    }
}

# What Az, Microsoft.Graph and PnP do to each other: whoever comes first decides which Azure.Core the others get.
Describe 'With Azure.Core <Version> in the default context' -ForEach @{ Version = '1.0.0.0' }, @{ Version = '99.0.0.0' } {
    BeforeAll {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive $Version)
        $foreign = "$folder/Azure.Core.dll"
        Add-Type -OutputAssembly $foreign -TypeDefinition @"
[assembly: System.Reflection.AssemblyVersion("$Version")]
namespace Azure.Core { public static class Foreign { public static string Name { get { return "foreign"; } } } }
"@
    }

    It 'the module uses its own, and the other stays as it was' {
        $versions = Invoke-InNewProcess -ArgumentList $ModuleManifest, $foreign {
            param($Manifest, $Foreign)
            $null = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath($Foreign)
            Import-Module $Manifest
            $context = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ 'AdxFlow'
            $own = $context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new('Azure.Core'))
            $own.GetType('Azure.Core.AccessToken')::new('a token', [System.DateTimeOffset]::MaxValue).Token
            [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($own).Name
            [Azure.Core.Foreign]::Name
        }
        $versions | Should -Be 'a token', 'AdxFlow', 'foreign'
    }

    It 'connects and queries' {
        Invoke-InNewProcess -ArgumentList $ModuleManifest, $foreign {
            param($Manifest, $Foreign)
            $null = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath($Foreign)
            Import-Module $Manifest
            $null = Connect-Adx -Local -WarningAction SilentlyContinue
            (Invoke-AdxQuery 'print answer = 42').answer
            Stop-AdxLocal
        } | Should -Be 42
    }
}
