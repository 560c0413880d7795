# Base connections are made as Adobe's tutorial makes them, after everything was checked that can be.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    $parameters = @(
        @{ Parameter = 'Name'; Set = 'Cluster'; Form = 'String, mandatory, position 0' }
        @{ Parameter = 'Description'; Set = 'Cluster'; Form = 'String' }
        @{ Parameter = 'Credential'; Set = 'Cluster'; Form = 'PSCredential, mandatory' }
        @{ Parameter = 'TenantId'; Set = 'Cluster'; Form = 'String, mandatory' }
        @{ Parameter = 'TenantId'; Set = 'AdxConnection'; Form = 'String' }
        @{ Parameter = 'Cluster'; Set = 'Cluster'; Form = 'String, mandatory' }
        @{ Parameter = 'Database'; Set = 'Cluster'; Form = 'String, mandatory' }
        @{ Parameter = 'Database'; Set = 'AdxConnection'; Form = 'String' }
        @{ Parameter = 'AdxConnection'; Set = 'AdxConnection'; Form = 'AdxConnection, mandatory' }
        @{ Parameter = 'GrantViewer'; Set = 'AdxConnection'; Form = 'SwitchParameter' }
        @{ Parameter = 'GrantViewer'; Set = 'Cluster'; Form = 'not in this set' }
        @{ Parameter = 'SpecId'; Set = 'Spec'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'AuthSpec'; Set = 'Spec'; Form = 'String' }
        @{ Parameter = 'AuthParameter'; Set = 'Spec'; Form = 'IDictionary, mandatory' }
        @{ Parameter = 'Draft'; Set = 'Cluster'; Form = 'SwitchParameter' }
        @{ Parameter = 'Session'; Set = 'Cluster'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/SecureText.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $adx = Connect-Adx -Local
    $null = New-AdxTable Events 'Id:long', 'At:datetime'
    $null = Connect-Flow -Local
    $application = '4c7e82bd-6adb-46c3-b413-fdd44834c69b'
    $tenant = '9752a91d-8e15-44e2-aa72-e9f8e12c3ec5'
    $key = 'kEy-of-the-principal'
    $reader = [pscredential]::new($application, (Get-SecureText $key))
    $spec = '0479cc14-7651-4354-b233-7480606c2ac3'
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 New-FlowConnection $parameters

Describe 'New-FlowConnection' {
    It 'is shown with its source, also where the address ends in a slash' {
        $parameters = @{ endpoint = $adx.Cluster; database = 'NetDefaultDB'; tenant = $tenant; servicePrincipalId = $application; servicePrincipalKey = $reader.Password }
        New-FlowConnection Slashed -SpecId $spec -AuthParameter $parameters | Format-Table | Out-String -Width 120 |
            Should -BeLike "* $($adx.Cluster.Authority)/NetDefaultDB *"
    }

    It 'makes a connection to a cluster and database' {
        $made = New-FlowConnection Plain -Credential $reader -TenantId $tenant -Cluster $adx.Cluster -Database NetDefaultDB -Description 'for tests'
        $made | Should -BeOfType 'AdxFlow.FlowConnection'
        $made.Name | Should -BeExactly 'Plain'
        $made.Description | Should -BeExactly 'for tests'
        $made.State | Should -BeExactly 'enabled'
        $made.SpecId | Should -BeExactly $spec
        $made.SpecVersion | Should -BeExactly '1.0'
        $made.AuthSpec | Should -BeExactly 'Service Principal Based Authentication'
        $made.Cluster | Should -BeExactly $adx.Cluster.AbsoluteUri.TrimEnd('/')
        $made.Database | Should -BeExactly 'NetDefaultDB'
        $made.TenantId | Should -BeExactly $tenant
        $made.ApplicationId | Should -BeExactly $application
        $made.ETag | Should -Match '^".+"$'
        $made.ConnectionId | Should -BeExactly $made.Id
    }

    It 'takes cluster and database from a connection of Connect-Adx' {
        $made = New-FlowConnection FromAdx -Credential $reader -TenantId $tenant -AdxConnection $adx
        $made.Cluster | Should -BeExactly $adx.Cluster.AbsoluteUri.TrimEnd('/')
        $made.Database | Should -BeExactly 'NetDefaultDB'
    }

    It 'gives the principal the right to read with -GrantViewer, and says so' {
        $other = [pscredential]::new('5d1c7f0e-2f4b-4c55-9a1e-7b6d0c9e3f21', (Get-SecureText $key))
        $made = New-FlowConnection Granted -Credential $other -TenantId $tenant -AdxConnection $adx -GrantViewer -InformationVariable said 6>$null
        "$said" | Should -BeLike "*aadapp=5d1c7f0e-2f4b-4c55-9a1e-7b6d0c9e3f21;$tenant*Viewer*NetDefaultDB*"
        Get-AdxRole -Connection $adx | Where-Object { $_.Role -eq 'Viewer' -and $_.PrincipalFqn -like '*5d1c7f0e*' } | Should -HaveCount 1
        Test-FlowConnection $made.Id | Should -BeTrue
    }

    It 'makes a draft' {
        (New-FlowConnection Draft -Credential $reader -TenantId $tenant -AdxConnection $adx -Draft).State | Should -BeExactly 'draft'
    }

    It 'makes one of any connector with its own parameters, also of a spec that is piped in' {
        $parameters = @{ endpoint = $adx.Cluster; database = 'NetDefaultDB'; tenant = $tenant; servicePrincipalId = $application; servicePrincipalKey = Get-SecureText $key }
        (New-FlowConnection BySpec -SpecId $spec -AuthParameter $parameters).Database | Should -BeExactly 'NetDefaultDB'
        (Get-FlowConnectionSpec -SpecId $spec | New-FlowConnection Piped -AuthSpec 'Service Principal Based Authentication' -AuthParameter $parameters).Name | Should -BeExactly 'Piped'
    }

    It 'can run twice: the second time is an error, and there is one' {
        $null = New-FlowConnection Once -Credential $reader -TenantId $tenant -AdxConnection $adx
        $failure = Get-Failure { New-FlowConnection Once -Credential $reader -TenantId $tenant -AdxConnection $adx -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowAlreadyExists,*'
        $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
        @(Get-FlowConnection Once) | Should -HaveCount 1
    }

    It 'goes on after one that failed, unless it is told to stop' {
        $made = 'Once', 'Twice' | ForEach-Object { New-FlowConnection $_ -Credential $reader -TenantId $tenant -AdxConnection $adx -ErrorAction SilentlyContinue }
        $made.Name | Should -BeExactly 'Twice'
    }
}

Describe 'New-FlowConnection refused' {
    It 'of <Case> is <Id>, and nothing is made' -ForEach @(
        @{ Case = 'a parameter that is missing'; Id = 'FlowInvalidConnection'; Call = { New-FlowConnection No -SpecId $spec -AuthParameter @{ endpoint = 'x' } -ErrorAction Stop } }
        @{ Case = 'a parameter that is misspelt'; Id = 'FlowInvalidConnection'; Call = { New-FlowConnection No -SpecId $spec -AuthParameter @{ endpoint = 'x'; databas = 'x'; tenant = 'x'; servicePrincipalId = 'x'; servicePrincipalKey = 'x' } -ErrorAction Stop } }
        @{ Case = 'a parameter that has no place in JSON'; Id = 'FlowInvalidConnection'; Call = { New-FlowConnection No -SpecId $spec -AuthParameter @{ endpoint = (Get-Process -Id $PID) } -ErrorAction Stop } }
        @{ Case = 'a way to sign in that there is not'; Id = 'FlowInvalidConnection'; Call = { New-FlowConnection No -SpecId $spec -AuthSpec 'Magic' -AuthParameter @{ a = 'x' } -ErrorAction Stop } }
        @{ Case = 'a spec that there is not'; Id = 'FlowNotFound'; Call = { New-FlowConnection No -SpecId 00000000-0000-0000-0000-000000000001 -AuthParameter @{ a = 'x' } -ErrorAction Stop } }
        @{ Case = 'no cluster'; Id = 'AdxInvalidCluster'; Call = { New-FlowConnection No -Credential $reader -TenantId $tenant -Cluster 'https://portal.azure.com/#x' -Database D -ErrorAction Stop } }
        @{ Case = 'a principal that is none'; Id = 'AdxInvalidPrincipal'; Call = { New-FlowConnection No -Credential ([pscredential]::new('a;b', (Get-SecureText $key))) -TenantId $tenant -AdxConnection $adx -GrantViewer -ErrorAction Stop } }
    ) {
        $failure = Get-Failure $Call
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Get-FlowConnection 'No*' | Should -BeNullOrEmpty
    }

    It 'makes nothing where the right to read could not be given' {
        $stranger = Connect-Adx -Local -Principal 'aaduser=stranger@contoso.com'
        $failure = Get-Failure { New-FlowConnection No -Credential $reader -TenantId $tenant -AdxConnection $stranger -GrantViewer -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
        $null = Connect-Adx -Local
        Get-FlowConnection 'No*' | Should -BeNullOrEmpty
    }

    It 'gives nobody the right to read where the connection is refused before it is sent' {
        $null = New-FlowConnection Taken -Credential $reader -TenantId $tenant -AdxConnection $adx
        $other = [pscredential]::new('0c3b8a57-6f0d-4b43-8f5f-2f1f3c7f7d11', (Get-SecureText $key))
        $failure = Get-Failure { New-FlowConnection Taken -Credential $other -TenantId $tenant -AdxConnection $adx -GrantViewer -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowAlreadyExists,*'
        Get-AdxRole -Connection $adx | Where-Object PrincipalFqn -like '*0c3b8a57*' | Should -BeNullOrEmpty
    }

    It 'does not send again what may have been done' {
        Add-LocalFault Flow -StatusCode 503 -AfterAction
        $requests = Get-LocalRequest { $script:failure = Get-Failure { New-FlowConnection Lost -Credential $reader -TenantId $tenant -AdxConnection $adx -ErrorAction Stop } }
        @($requests | Where-Object { $_.Method -eq 'POST' -and $_.Path -like '*/connections*' }).Count | Should -BeLessOrEqual 1
    }
}
