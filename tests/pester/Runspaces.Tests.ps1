# Many runspaces in one process, as ForEach-Object -Parallel, thread jobs and Azure Automation make them.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $connection = Connect-Adx -Local
    $null = New-AdxTable Shared 'Id:long', 'Source:string'
}

AfterAll {
    Stop-AdxLocal
}

Describe 'Six runspaces at once' {
    It 'have each a default connection of their own' {
        $gate = [System.Threading.CountdownEvent]::new(6)
        $results = 1..6 | ForEach-Object -ThrottleLimit 6 -Parallel {
            Import-Module $using:ModuleManifest
            $before = Get-AdxConnection
            $principal = "aaduser=user$_@contoso.com"
            $null = Connect-Adx -Local -Principal $principal
            # Nobody looks before all have connected.
            $everyone = $using:gate
            $null = $everyone.Signal()
            if (-not $everyone.Wait(60000)) {
                throw 'The others did not come.'
            }
            [pscustomobject]@{ Before = $before; Own = (Get-AdxConnection).Principal -eq $principal }
        }
        $results | Should -HaveCount 6
        $results.Own | Should -Not -Contain $false
        $results.Before | Should -BeNullOrEmpty
        (Get-AdxConnection).Principal | Should -BeExactly 'administrator' -Because 'the runspace that started them keeps its own'
    }

    It 'reach the same stand-in' {
        $addresses = 1..6 | ForEach-Object -ThrottleLimit 6 -Parallel {
            Import-Module $using:ModuleManifest
            (Connect-Adx -Local).Cluster.AbsoluteUri
        }
        $addresses | Select-Object -Unique | Should -BeExactly $connection.Cluster.AbsoluteUri
    }

    It 'send over one connection that they are given, each row once' {
        $ingestions = 1..6 | ForEach-Object -ThrottleLimit 6 -Parallel {
            Import-Module $using:ModuleManifest
            $source = "runspace $_"
            1..2000 | ForEach-Object { [pscustomobject]@{ Id = $_; Source = $source } } | Send-AdxData Shared -Connection $using:connection -BatchRows 700 -Wait
        }
        $ingestions | Should -HaveCount 6
        $ingestions.Status | Select-Object -Unique | Should -Be 'Succeeded'
        ($ingestions.Id | Select-Object -Unique) | Should -HaveCount 6
        $found = Invoke-AdxQuery 'Shared | summarize n = count(), total = sum(Id) by Source'
        $found | Should -HaveCount 6
        $found.n | Select-Object -Unique | Should -Be 2000
        $found.total | Select-Object -Unique | Should -Be 2001000
    }

    It 'ask over one connection at the same time' {
        $counts = 1..6 | ForEach-Object -ThrottleLimit 6 -Parallel {
            Import-Module $using:ModuleManifest
            1..10 | ForEach-Object { (Invoke-AdxQuery "print v = $_" -Connection $using:connection).v }
        }
        ($counts | Group-Object | ForEach-Object Count) | Should -Be (, 6 * 10)
    }

    It 'remember each what it has sent itself' {
        $mine = @(Get-AdxIngestion).Count
        $theirs = 1..6 | ForEach-Object -ThrottleLimit 6 -UseNewRunspace -Parallel {
            Import-Module $using:ModuleManifest
            $sent = @{ Id = 1; Source = 'own' } | Send-AdxData Shared -Connection $using:connection
            $known = @(Get-AdxIngestion -Connection $using:connection)
            $known.Count -eq 1 -and $known[0].Id -eq $sent.Id
        }
        $theirs | Should -Be (, $true * 6)
        @(Get-AdxIngestion) | Should -HaveCount $mine
    }

    It 'keep their principals'' rights apart' {
        $null = Grant-AdxIngestor 'aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;contoso.com' -Table Shared
        $ids = 1..6 | ForEach-Object -ThrottleLimit 6 -Parallel {
            Import-Module $using:ModuleManifest
            $isAllowed = $_ % 2 -eq 0
            $id = $isAllowed ? '4c7e82bd-6adb-46c3-b413-fdd44834c69b' : [guid]::NewGuid()
            $null = Connect-Adx -Local -Principal "aadapp=$id;contoso.com"
            try {
                $status = (@{ Id = 1; Source = 'rights' } | Send-AdxData Shared -Wait).Status
            }
            catch {
                $status = $_.FullyQualifiedErrorId
            }
            "$isAllowed $($status -replace ',.*')"
        }
        ($ids | Group-Object -NoElement | Sort-Object Name | ForEach-Object { "$($_.Count) $($_.Name)" }) -join '; ' |
            Should -BeExactly '3 False AdxForbidden; 3 True Succeeded'
    }
}

Describe 'A thread job' {
    It 'takes a connection with $using:' {
        $job = Start-ThreadJob {
            Import-Module $using:ModuleManifest
            (Invoke-AdxQuery 'print v = 42' -Connection $using:connection).v
        }
        try {
            $job | Receive-Job -Wait | Should -Be 42
        }
        finally {
            $job | Remove-Job -Force
        }
    }
}

Describe 'Thread jobs beside each other' {
    It 'have each a default connection of their own, and none to begin with' {
        $jobs = 1..3 | ForEach-Object {
            $number = $_
            Start-ThreadJob -ThrottleLimit 3 {
                Import-Module $using:ModuleManifest
                $before = Get-AdxConnection
                $null = Connect-Adx -Local -Principal "aaduser=job$using:number@contoso.com" -Database "D$using:number"
                [pscustomobject]@{ Before = $before; Own = (Get-AdxConnection).Principal -eq "aaduser=job$using:number@contoso.com" -and (Get-AdxConnection).Database -eq "D$using:number" }
            }
        }
        try {
            $results = $jobs | Receive-Job -Wait
            $results | Should -HaveCount 3
            $results.Own | Should -Not -Contain $false
            $results.Before | Should -BeNullOrEmpty
            (Get-AdxConnection).Principal | Should -BeExactly 'administrator'
        }
        finally {
            $jobs | Remove-Job -Force
        }
    }

    It 'are not disturbed by a Disconnect-Adx elsewhere' {
        $shared = Connect-Adx -Local
        $job = Start-ThreadJob {
            Import-Module $using:ModuleManifest
            $null = Connect-Adx -Local
            Disconnect-Adx
            Get-AdxConnection
        }
        try {
            $job | Receive-Job -Wait | Should -BeNullOrEmpty
            Get-AdxConnection | Should -Be $shared
            (Invoke-AdxQuery 'print v = 1').v | Should -Be 1
        }
        finally {
            $job | Remove-Job -Force
        }
    }
}

Describe '$PSDefaultParameterValues' {
    It 'gives a connection to every cmdlet that takes one' {
        $admin = Connect-Adx -Local
        $null = Connect-Adx -Local -Principal 'aaduser=nobody@contoso.com'
        $without = try { (Invoke-AdxQuery 'print v = 1').v } catch { $_.FullyQualifiedErrorId }
        $without | Should -BeLike 'AdxForbidden,*'

        $PSDefaultParameterValues = @{ '*-Adx*:Connection' = $admin }
        (Invoke-AdxQuery 'print v = 1').v | Should -Be 1
        (Get-AdxTable Shared).Name | Should -BeExactly 'Shared'
        (@{ Id = 1; Source = 'defaults' } | Send-AdxData Shared -Wait).Status | Should -Be 'Succeeded'
        @(Get-AdxRole).Count | Should -BeGreaterThan 0
        # What is given by hand wins.
        (Get-AdxTable Shared -Connection (Connect-Adx -Local)).Name | Should -BeExactly 'Shared'
    }

    It 'gives a database to every cmdlet that takes one, Connect-Adx among them' {
        $PSDefaultParameterValues = @{ '*-Adx*:Database' = 'Defaults' }
        (Connect-Adx -Local).Database | Should -BeExactly 'Defaults'
        $failure = try { Get-AdxTable; $null } catch { $_ }
        $failure.Exception.Message | Should -BeLike '*Defaults*'
        (Get-AdxTable Shared -Database NetDefaultDB).Name | Should -BeExactly 'Shared'
        (Connect-Adx -Local -Database NetDefaultDB).Database | Should -BeExactly 'NetDefaultDB'
    }

    It 'gives the way to connect' {
        $PSDefaultParameterValues = @{ 'Connect-Adx:TrustedHost' = '.contoso.invalid'; 'Connect-Adx:Proxy' = 'http://proxy.contoso.invalid:8080' }
        $failure = try { Connect-Adx https://adx.contoso.invalid -AzureCli; $null } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxProxyFailed,*'
    }
}

Describe 'A runspace that is no more' {
    It 'takes its default connection with it' {
        $private = [System.Reflection.BindingFlags] 'Static, NonPublic'
        $states = (Get-LocalType 'AdxFlow.PowerShell' 'AdxFlow.PowerShell.Support.RunspaceState').GetField('States', $private).GetValue($null)
        $before = @($states).Count
        foreach ($turn in 1..5) {
            $shell = [powershell]::Create([runspacefactory]::CreateRunspace())
            $shell.Runspace.Open()
            $null = $shell.AddScript('param($Manifest) Import-Module $Manifest; $null = Connect-Adx -Local').AddArgument($ModuleManifest).Invoke()
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
        $shell = $null
        Wait-Until {
            [System.GC]::Collect()
            [System.GC]::WaitForPendingFinalizers()
            # One or two may still be held by what ran last.
            @($states).Count -lt $before + 5
        }
        @($states).Count | Should -BeLessThan ($before + 5)
    }
}

Describe 'Six runspaces that find no stand-in' {
    It 'start one between them' {
        Stop-AdxLocal
        $addresses = 1..6 | ForEach-Object -ThrottleLimit 6 -Parallel {
            Import-Module $using:ModuleManifest
            (Start-AdxLocal).ClusterUri.AbsoluteUri
        }
        $addresses | Should -HaveCount 6
        @($addresses | Select-Object -Unique) | Should -HaveCount 1
    }
}
